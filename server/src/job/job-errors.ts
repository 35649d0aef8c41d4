import { Refusal } from '../refusal';

/** Somebody asked for the job to stop. */
export class JobCancelled extends Error {
  constructor() {
    super('The job was cancelled.');
  }
}

/** This server does not own the job any more: another one has taken it over, or it has ended. */
export class LeaseLost extends Error {
  constructor() {
    super('The job belongs to another server now.');
  }
}

/** The server that ran the job stops or has stopped. */
export class ServerStopped extends Refusal {
  constructor() {
    super('SERVER_STOPPED', 'The server that ran this was stopped. Nothing was changed; start it again.');
  }
}
