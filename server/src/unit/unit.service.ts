import { mustBeFaultless, nameFault } from '../access/account-input';
import { type Actor } from '../access/actor';
import { type Audit } from '../access/audit';
import { type Clock } from '../access/clock';
import { sessionIds, type SessionService } from '../access/session.service';
import { type Context, keep } from '../graphql/context';
import { type Topics, type UnitChange } from '../messages/topics';
import { Forbidden, NotFound } from '../refusal';
import { type Database } from '../storage/database';
import { insertUnit, latestChange } from './new-unit';
import { type UnitEntity } from './unit.entity';
import { findUnit } from './find-unit';

/** Units: made by organisation admins, seen by their members. */
export class UnitService {
  constructor(
    private readonly database: Database,
    private readonly topics: Topics,
    private readonly sessions: SessionService,
    private readonly audit: Audit,
    private readonly now: Clock,
  ) {}

  /** Makes an empty unit; the actor becomes its admin. Throws `Forbidden` unless an organisation admin, `BadUserInput`. */
  async createUnit(actor: Actor, name: string): Promise<UnitEntity> {
    if (!actor.organisationAdmin) throw new Forbidden('Only organisation admins may make units.');
    mustBeFaultless({ name: nameFault(name) });
    const { unit, open } = await this.database.transaction(async (db) => {
      const made = await insertUnit(db, name, actor.userId, this.now());
      await this.audit.record(db, { event: 'UNIT_CREATED', userId: actor.userId, unitId: made.id });
      return { unit: made, open: await sessionIds(db, actor.userId) };
    });
    // Sockets opened before do not know that the actor belongs to the unit: they open again.
    this.sessions.tellRevoked(open);
    this.topics.publish('unitChanged', unit.id, latestChange(unit));
    return unit;
  }

  /** The unit as its members see it; `undefined` for everybody else, as if there were none. */
  async unitOfMember(
    { actor, ...request }: Pick<Context, 'actor' | 'kept'>,
    unitId: string,
  ): Promise<UnitEntity | undefined> {
    return actor?.roles.has(unitId) ? this.ofRequest(request, unitId) : undefined;
  }

  /** As `find`, looked up once for the length of a request. */
  ofRequest(context: Pick<Context, 'kept'>, unitId: string): Promise<UnitEntity | undefined> {
    return keep(context, `unit ${unitId}`, () => this.find(unitId));
  }

  /** What follows in the request sees the unit as it is then. */
  forget({ kept }: Pick<Context, 'kept'>, unitId: string): void {
    kept.delete(`unit ${unitId}`);
  }

  /** The unit with this id, whoever asks. */
  find(unitId: string): Promise<UnitEntity | undefined> {
    return this.database.read((db) => findUnit(db, unitId));
  }

  /** The change that led to the present revision. Throws `NotFound`. */
  async latestChange(unitId: string): Promise<UnitChange> {
    const unit = await this.find(unitId);
    if (!unit) throw new NotFound('unit');
    return latestChange(unit);
  }
}
