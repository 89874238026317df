/** The work that the statements of one file may take, and as much again for what it never calls; and that of the files that it imports. */
export interface Work {
  readonly own: number;
  readonly imports: number;
}

/** What an editor can wait for at each pause in typing. */
export const WHILE_TYPING: Work = { own: 300_000, imports: 150_000 };

/** What somebody who asks for an answer waits for. */
export const ON_REQUEST: Work = { own: 4_000_000, imports: 4_000_000 };

/** Thrown when the work is used up. */
export class OutOfSteps extends Error {}

/** Counts the work that following a file takes, so that it ends. */
export class Budget {
  private steps = 0;
  private limit: number;
  /** The work of imported files, once one has been begun. */
  private imported = 0;
  private isImporting = false;

  constructor(private readonly work: Work = WHILE_TYPING) {
    this.limit = work.own;
  }

  /** How many steps have been taken, and how many there may still be. */
  get spent(): number {
    return this.steps;
  }

  get left(): number {
    return this.limit - this.steps;
  }

  /** Takes so many steps. */
  spend(count: number): void {
    this.steps += count;
    if (this.steps > this.limit) throw new OutOfSteps();
  }

  /** Gives back what has been spent since; calling the result does it. */
  keep(): () => void {
    const { steps } = this;
    return () => {
      this.steps = steps;
    };
  }

  /** Runs something to its end, within so much work; false where that is used up before. What was found so far stands. */
  within(steps: number, run: () => void): boolean {
    const limit = this.limit;
    this.limit = Math.min(this.steps + steps, 2 * this.work.own);
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

  /** The statements of the file at hand, within their work. */
  own(run: () => void): boolean {
    return this.within(this.work.own, run);
  }

  /** Runs what an import does, within the work of all imports; false where that is used up. */
  importing(run: () => void): boolean {
    if (this.isImporting) {
      run();
      return true;
    }
    const outer = [this.steps, this.limit] as const;
    [this.steps, this.limit, this.isImporting] = [this.imported, this.work.imports, true];
    try {
      run();
      return true;
    } catch (error) {
      if (!(error instanceof OutOfSteps) && !(error instanceof RangeError)) throw error;
      return false;
    } finally {
      this.imported = this.steps;
      [this.steps, this.limit] = outer;
      this.isImporting = false;
    }
  }
}
