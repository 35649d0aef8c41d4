/** What the dialogs that rename, delete and apply a safe mode must know of it. */
export interface SafeModeInHand {
  id: string;
  name: string;
  /** The one that the person has in front of them: another one is not applied. */
  revision: number;
  taskCount: number;
  conflictCount: number;
}
