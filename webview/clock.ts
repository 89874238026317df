/** A clock for playing: the first beats are slow, then it quickens; it never runs while the page is hidden. */
export interface Clock {
  readonly run: (on: boolean) => void;
}

/** The pause before a beat in milliseconds, by the number of beats since play was pressed, at so many times the usual speed. */
export function pauseBefore(beat: number, speed = 1): number {
  return Math.max(350, 1200 - 170 * beat) / speed;
}

/** A clock that calls `tick` on each beat until it is stopped; another speed holds from the next beat on. */
export function clockOf(tick: () => void, speed: () => number): Clock {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let beat = 0;
  const stop = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  const wait = (): void => {
    timer = setTimeout(
      () => {
        wait();
        beat++;
        tick();
      },
      pauseBefore(beat, speed()),
    );
  };
  return {
    run: (on) => {
      if (on === (timer !== undefined)) return;
      stop();
      beat = 0;
      if (on) wait();
    },
  };
}
