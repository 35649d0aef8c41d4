import { type Audit } from '../access/audit';
import { type Id } from '../change/core/task';
import { type Context, keep } from '../graphql/context';

/** Most objects named in one line of the audit. */
const mostNamed = 200;

/** Reading a secret leaves a trace: one line of the audit per request and unit, however many secrets it read. */
export class SecretReads {
  constructor(private readonly audit: Audit) {}

  /** @param what the config key or bundle whose secret is shown */
  note(context: Context, unitId: Id, what: string): void {
    const read = keep(context, `secrets read in ${unitId}`, () => {
      const names = new Set<string>();
      setImmediate(() => void this.write(context, unitId, names));
      return names;
    });
    read.add(what);
  }

  private async write(context: Context, unitId: Id, names: ReadonlySet<string>): Promise<void> {
    // Later reads of the same request begin a line of their own.
    context.kept.delete(`secrets read in ${unitId}`);
    await this.audit.note({
      event: 'SECRET_READ',
      userId: context.actor?.userId,
      unitId,
      detail: { count: names.size, of: [...names].slice(0, mostNamed).join(', ') },
    });
  }
}
