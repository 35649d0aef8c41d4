import { type Actor } from '../access/actor';
import { mustBeAble } from '../access/abilities';
import { type Id } from '../change/core/task';
import { type Context, keep } from '../graphql/context';
import { NotFound } from '../refusal';
import { type UnitService } from '../unit/unit.service';
import { type ConfigurationReader } from './configuration-reader';
import { type ConfigurationReaders } from './configuration-readers';
import { type Viewer } from './kind-tables';
import { type Overlay } from './overlay';

/** The configuration with a safe mode laid over it. */
export interface Preview {
  /** Generation of the unit that it was evaluated against. */
  generationId: Id;
  overlay: Overlay;
}

/** What reads are overlaid with. */
export interface Previews {
  /** `undefined` where the request reads what is live. Throws a refusal where it names a safe mode that it may not read. */
  previewFor(context: Context, unitId: Id): Promise<Preview | undefined>;
}

/** Opens the configuration of a unit for the length of one request. */
export class ConfigurationService {
  constructor(
    private readonly units: UnitService,
    private readonly readers: ConfigurationReaders,
    private readonly previews: Previews,
  ) {}

  /** The configuration as this request sees it. The live generation is looked up once. */
  reader(context: Context, unitId: Id): Promise<ConfigurationReader> {
    return keep(context, `reader ${unitId}`, () => this.shownReader(context, unitId));
  }

  /** As `reader`, but afresh: for the answer of a mutation, which must show what it wrote. */
  readerAfterEdit(context: Context, unitId: Id): Promise<ConfigurationReader> {
    this.units.forget(context, unitId);
    context.kept.delete(`reader ${unitId}`);
    context.kept.delete(`live reader ${unitId}`);
    return this.reader(context, unitId);
  }

  /** What is live for everybody, whatever the request's safe mode. */
  liveReader(context: Context, unitId: Id): Promise<ConfigurationReader> {
    return keep(context, `live reader ${unitId}`, async () => {
      const unit = await this.units.ofRequest(context, unitId);
      if (!unit) throw new NotFound('unit');
      return this.readers.of(unit.liveGenerationId);
    });
  }

  private async shownReader(context: Context, unitId: Id): Promise<ConfigurationReader> {
    const preview = await this.previews.previewFor(context, unitId);
    return preview
      ? this.readers.of(preview.generationId, preview.overlay)
      : this.liveReader(context, unitId);
  }
}

/** As whom the actor looks at lists of a unit. Throws where the actor is not in it. */
export function viewerIn(actor: Actor | undefined, unitId: Id): Viewer {
  mustBeAble(actor, 'readUnit', unitId);
  return { role: actor.roles.get(unitId)!, email: actor.email };
}
