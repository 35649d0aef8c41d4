import { type Id } from '../change/task';
import { type Preview, type Previews } from '../configuration/configuration.service';
import { type Context } from '../graphql/context';
import { type EvaluatedSafeMode, type EvaluationService } from './evaluation.service';
import { overlayOf } from './overlay-of';
import { type RequestSafeModes } from './request-safe-mode.service';

/** Lays safe modes over what requests read. */
export class PreviewService implements Previews {
  /** Preparing an overlay costs about as much as a page of a list. */
  private readonly prepared = new WeakMap<EvaluatedSafeMode, Preview>();

  constructor(
    private readonly requests: RequestSafeModes,
    private readonly evaluations: EvaluationService,
  ) {}

  async previewFor({ actor, safeModeHeader }: Context, unitId: Id): Promise<Preview | undefined> {
    const safeMode = await this.requests.ofReads(actor, safeModeHeader, unitId);
    if (!safeMode) return undefined;
    const evaluated = await this.evaluations.preview(safeMode);
    const known = this.prepared.get(evaluated);
    if (known) return known;
    const preview = { generationId: evaluated.unit.generationId, overlay: overlayOf(evaluated) };
    this.prepared.set(evaluated, preview);
    return preview;
  }
}
