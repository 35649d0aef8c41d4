import { AsyncLocalStorage } from 'node:async_hooks';

/** What is known of a request while it is served: for its line in the log, and for every other line that is written on the way. */
export interface RequestNotes {
  readonly id: string;
  operation?: OperationNotes;
  userId?: string;
  unitId?: string;
  /** Codes of the errors that it was answered with. */
  errors?: string[];
}

/** What a GraphQL request does. Nothing in here is free text of the caller. */
export interface OperationNotes {
  type: 'query' | 'mutation' | 'subscription';
  /** The name that the caller gave it. */
  name?: string;
  /** Its first root field: of these there are only so many. */
  field: string;
}

const scope = new AsyncLocalStorage<RequestNotes>();

/** Does work, and everything that follows from it, in the name of a request. */
export const withRequest = <T>(notes: RequestNotes, work: () => T): T => scope.run(notes, work);

/** The request that is being served right here; none in rounds and jobs. */
export const currentRequest = (): RequestNotes | undefined => scope.getStore();
