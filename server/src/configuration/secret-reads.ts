import { type Audit } from '../access/audit';
import { type Id } from '../change/core/task';
import { type Context, keep } from '../graphql/context';

/** Most objects named in one line of the audit. */
const mostNamed = 200;

/** What one request reads of a unit's secrets before its line is written. */
interface Reading {
  names: Set<string>;
  written: Promise<void>;
}

/** Reading a secret leaves a trace: one line of the audit per request and unit, however many secrets it read. */
export class SecretReads {
  constructor(private readonly audit: Audit) {}

  /**
   * Resolves once the reading stands in the audit: before that, and where it cannot be noted, nothing is shown.
   * @param what the config key or bundle whose secret is shown
   */
  note(context: Context, unitId: Id, what: string): Promise<void> {
    const key = `secrets read in ${unitId}`;
    const reading = keep(context, key, (): Reading => {
      const names = new Set<string>();
      return { names, written: this.write(context, unitId, names, key) };
    });
    reading.names.add(what);
    return reading.written;
  }

  private async write(context: Context, unitId: Id, names: ReadonlySet<string>, key: string): Promise<void> {
    // A list asks for all its values in one go.
    await new Promise(setImmediate);
    // Later reads of the same request begin a line of their own.
    context.kept.delete(key);
    await this.audit.note({
      event: 'SECRET_READ',
      userId: context.actor?.userId,
      unitId,
      detail: { count: names.size, of: [...names].slice(0, mostNamed).join(', ') },
    });
  }
}
