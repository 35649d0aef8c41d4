/**
 * The bytes are no safe mode file, or cannot be opened under the server key. The message tells the place and never
 * what stands there, which may be a secret.
 */
export class FileDamaged extends Error {
  constructor(what: string) {
    super(`The safe mode file ${what}`);
    this.name = new.target.name;
  }
}

/** The file was written by a newer version than this one. */
export class FileTooNew extends Error {
  /**
   * @param found schema version of the file
   * @param known the newest that can be read
   */
  constructor(
    readonly found: number,
    readonly known: number,
  ) {
    super(`The safe mode file has schema version ${found}, known are those up to ${known}`);
    this.name = new.target.name;
  }
}
