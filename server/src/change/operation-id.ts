import { BadUserInput } from '../refusal';

/** Characters; see operation.id. */
const longest = 100;

/** Throws `BadUserInput` for an id that cannot be kept for a resend to be known by. */
export function mustBeOperationId(id: string | null | undefined): void {
  if (!id || id.length <= longest) return;
  throw new BadUserInput([{ path: 'input.operationId', message: `must have at most ${longest} characters` }]);
}

/** An operation id stands for one operation: a resend of it, not another one. Throws `BadUserInput`. */
export function mustBeSameMutation(earlier: string, mutation: string): void {
  if (earlier === mutation) return;
  throw new BadUserInput([{ path: 'input.operationId', message: `was used for ${earlier} already` }]);
}
