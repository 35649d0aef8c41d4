import { CloseCode } from 'graphql-ws';
import { type WebSocket } from 'ws';
import { type Actor } from '../access/actor';
import { lookAgain, type Topics } from '../messages/topics';

/** An open socket, and how to find out who it belongs to now. */
interface OpenSocket {
  socket: WebSocket;
  actor: Actor;
  actorNow: () => Promise<Actor | undefined>;
}

/** Closes sockets whose session or token was revoked, or whose rights have changed since they were opened. */
export class OpenSockets {
  private readonly byAccess = new Map<string, Set<OpenSocket>>();

  add(open: OpenSocket): void {
    const accessId = open.actor.via.id;
    const those = this.byAccess.get(accessId) ?? new Set();
    this.byAccess.set(accessId, those.add(open));
    open.socket.once('close', () => {
      those.delete(open);
      if (those.size === 0) this.byAccess.delete(accessId);
    });
  }

  async closeRevoked(topics: Topics): Promise<void> {
    for await (const revoked of topics.subscribe('accessRevoked')) {
      if (revoked === lookAgain) await this.lookAtAll();
      else for (const { socket } of this.byAccess.get(revoked.accessId) ?? []) close(socket);
    }
  }

  /** Where it was not told what was revoked, one after the other is looked up. */
  async lookAtAll(): Promise<void> {
    for (const { socket, actor, actorNow } of [...this.byAccess.values()].flatMap((those) => [...those])) {
      try {
        const now = await actorNow();
        if (!now || rightsOf(now) !== rightsOf(actor)) close(socket);
      } catch {
        // It cannot be found out: whoever is there connects again and is looked up then.
        socket.close(restarting, 'Connect again');
      }
    }
  }
}

/** Close code 1012: clients of graphql-ws connect again, and may find another server. */
export const restarting = 1012;

const close = (socket: WebSocket) => socket.close(CloseCode.Forbidden, 'Access revoked');

const rightsOf = ({ organisationAdmin, roles }: Actor) =>
  JSON.stringify([organisationAdmin, ...[...roles].sort()]);
