import { execute, type ExecutionArgs, type GraphQLError } from 'graphql';
import { type Context } from '../context';

/** Listeners that ask for the same: what is told to them is executed and written once. */
export class Audience {
  private readonly texts = new WeakMap<object, Promise<string>>();
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly args: ExecutionArgs,
    private readonly formatErrors: (errors: readonly GraphQLError[]) => readonly GraphQLError[],
  ) {}

  /** A value as the JSON of its answer. Those of several values come in the order in which they were asked for. */
  textOf(value: object): Promise<string> {
    const known = this.texts.get(value);
    if (known) return known;
    const text = this.last.then(() => this.executed(value));
    this.last = text.catch(() => undefined);
    this.texts.set(value, text);
    return text;
  }

  private async executed(value: object): Promise<string> {
    const { data, errors } = await execute({ ...this.args, rootValue: value, contextValue: nobody() });
    return JSON.stringify({ data, errors: errors && this.formatErrors(errors) });
  }
}

/**
 * On whose behalf a shared answer is made: nobody's. A field that depends on who asks would refuse instead of telling
 * everybody what one of them may see.
 */
const nobody = (): Context => ({
  actor: undefined,
  address: '',
  safeModeHeader: 'none',
  cookie: undefined,
  kept: new Map(),
});
