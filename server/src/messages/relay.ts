/** What hears of the other servers. */
export interface RelayListener {
  /** Another server says something. */
  heard(text: string): void;
  /** Something that other servers said may have been lost. */
  missed(): void;
}

/** Carries messages between the servers of one installation. What cannot be carried now is lost, and made up for by `missed`. */
export interface Relay {
  /** To all other servers; never throws. */
  send(text: string): void;
  /** Once, before anything is sent. */
  listen(listener: RelayListener): void;
}

/** For a server that is alone. */
export const noRelay: Relay = { send: () => undefined, listen: () => undefined };
