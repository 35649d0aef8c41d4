import { type UnitEntity } from '../../unit/unit.entity';
import { backupErrorText } from '../format/backup-error';
import { type BackupHeader } from '../format/lines/backup-header';
import { type BackupNotice } from '../rejection';

/** A warning where a backup was made in another unit or environment. */
export function otherUnitWarning(
  { unit: madeIn }: BackupHeader,
  unit: UnitEntity,
  environment: string,
): BackupNotice | undefined {
  if (madeIn.id === unit.id && madeIn.environment === environment) return undefined;
  const message = backupErrorText('OTHER_UNIT', { unitName: madeIn.name, environment: madeIn.environment });
  return { code: 'OTHER_UNIT', message };
}
