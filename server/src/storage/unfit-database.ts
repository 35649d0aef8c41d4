/** The server refuses to start on this database. Says what is to be changed; nothing was. */
export class UnfitDatabase extends Error {}
