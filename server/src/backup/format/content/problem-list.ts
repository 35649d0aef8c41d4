import { BackupError, type ContentProblem } from '../backup-error';

const mostKept = 100;

/** Collects what is wrong with the content: the first hundred in full, and how many there are. */
export class ProblemList {
  private readonly kept: ContentProblem[] = [];
  private count = 0;

  add(problem: ContentProblem): void {
    this.count += 1;
    if (this.kept.length < mostKept) this.kept.push(problem);
  }

  /** Adds a problem after which reading on makes no sense. */
  fatal(problem: ContentProblem): BackupError {
    this.add(problem);
    return this.error();
  }

  /** @throws BackupError INVALID_CONTENT if there is any problem */
  throwIfAny(): void {
    if (this.count > 0) throw this.error();
  }

  private error(): BackupError {
    return new BackupError('INVALID_CONTENT', { problems: this.kept, problemCount: this.count });
  }
}
