import { createPubSub, type PubSub } from '@graphql-yoga/subscription';
import { type ChangeCause } from '../unit/unit.entity';

/** A unit's revision moved. */
export interface UnitChange {
  unitId: string;
  revision: number;
  cause: ChangeCause;
  byUserId: string | null;
  at: Date;
}

/**
 * What servers tell their listeners, typed by payload. Every message is only a hint: whoever missed it finds out at
 * the next request. Published after the commit, never inside a transaction.
 */
export type TopicPayloads = {
  /** By unit. */
  unitChanged: [unitId: string, change: UnitChange];
  /** By job: its row has changed, read it again. */
  job: [jobId: string, hint: { jobId: string }];
  /** By unit: somebody entered or left a safe mode, or what is told of it changed; read it again. */
  presence: [unitId: string, hint: { unitId: string }];
  /** A session or token no longer counts: its sockets close. */
  accessRevoked: [hint: { accessId: string }];
};

export type Topics = PubSub<TopicPayloads>;

export const createTopics = (): Topics => createPubSub<TopicPayloads>();
