import { type Id } from '../../change/core/task';
import { type Preview, type Previews } from '../../configuration/configuration.service';
import { type Context } from '../../graphql/context';
import { type EvaluationService } from './evaluation.service';
import { type RequestSafeModes } from '../request-safe-mode.service';

/** Lays safe modes over what requests read. */
export class PreviewService implements Previews {
  constructor(
    private readonly requests: RequestSafeModes,
    private readonly evaluations: EvaluationService,
  ) {}

  async previewFor({ actor, safeModeHeader }: Context, unitId: Id): Promise<Preview | undefined> {
    const safeMode = await this.requests.ofReads(actor, safeModeHeader, unitId);
    return safeMode && this.evaluations.preview(safeMode);
  }
}
