/** The work that the statements of one file may take, and as much again for what it never calls. */
export const MAX_STEPS = 300_000;

/** Thrown when the work is used up. */
export class OutOfSteps extends Error {}

/** Counts the work that following a file takes, so that it ends. */
export class Budget {
  private steps = 0;
  private limit = MAX_STEPS;

  /** Takes so many steps. */
  spend(count: number): void {
    this.steps += count;
    if (this.steps > this.limit) throw new OutOfSteps();
  }

  /** Runs something to its end, within so much work; false where that is used up before. What was found so far stands. */
  within(steps: number, run: () => void): boolean {
    const limit = this.limit;
    this.limit = Math.min(this.steps + steps, 2 * MAX_STEPS);
    try {
      run();
      return true;
    } catch (error) {
      if (!(error instanceof OutOfSteps) && !(error instanceof RangeError)) throw error;
      return false;
    } finally {
      this.limit = limit;
    }
  }
}
