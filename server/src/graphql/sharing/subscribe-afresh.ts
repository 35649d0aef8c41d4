import { map } from '@graphql-yoga/subscription';
import { createSourceEventStream, execute, type ExecutionArgs, type ExecutionResult } from 'graphql';
import { type Context } from '../context';

/** Subscribes as graphql-js does, but keeps nothing from one event to the next: each is answered by what is so then. */
export async function subscribeAfresh(
  operation: ExecutionArgs,
): Promise<AsyncIterable<ExecutionResult> | ExecutionResult> {
  const source = await createSourceEventStream(operation);
  if (!(Symbol.asyncIterator in source)) return source;
  return map((value: unknown) =>
    execute({
      ...operation,
      rootValue: value,
      contextValue: { ...(operation.contextValue as Context), kept: new Map() },
    }),
  )(source);
}
