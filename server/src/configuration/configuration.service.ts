import { type Actor } from '../access/actor';
import { mustBeAble } from '../access/abilities';
import { type Id } from '../change/task';
import { type Context, keep } from '../graphql/context';
import { NotFound } from '../refusal';
import { type Database } from '../storage/database';
import { UnitEntity } from '../unit/unit.entity';
import { type ConfigurationReader } from './configuration-reader';
import { type ContentStore } from './content.store';
import { type Viewer } from './kind-tables';
import { LiveReader } from './live-reader';

/** Opens the configuration of a unit for the length of one request. */
export class ConfigurationService {
  constructor(
    private readonly database: Database,
    private readonly content: ContentStore,
  ) {}

  /** The configuration as this request sees it. The live generation is looked up once. */
  reader(context: Context, unitId: Id): Promise<ConfigurationReader> {
    return keep(context, `reader ${unitId}`, () => this.liveReader(unitId));
  }

  /** As `reader`, but afresh: for the answer of a mutation, which must show what it wrote. */
  readerAfterEdit(context: Context, unitId: Id): Promise<ConfigurationReader> {
    context.kept.delete(`reader ${unitId}`);
    return this.reader(context, unitId);
  }

  private async liveReader(unitId: Id): Promise<ConfigurationReader> {
    const unit = await this.database.read(({ manager }) => manager.findOneBy(UnitEntity, { id: unitId }));
    if (!unit) throw new NotFound('unit');
    return new LiveReader(this.database, this.content, unit.liveGenerationId);
  }
}

/** As whom the actor looks at lists of a unit. Throws where the actor is not in it. */
export function viewerIn(actor: Actor | undefined, unitId: Id): Viewer {
  mustBeAble(actor, 'readUnit', unitId);
  return { role: actor.roles.get(unitId)!, email: actor.email };
}
