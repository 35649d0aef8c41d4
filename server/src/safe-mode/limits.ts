/** How much a safe mode may hold. */
export interface SafeModeLimits {
  tasks: number;
  /** Of the file. */
  bytes: number;
  /** Safe modes that are open at once in a unit. */
  open: number;
}
