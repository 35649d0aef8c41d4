import { isObject } from '../../ui/json-text';

/** What the header of a backup says about itself; every part may be missing. */
export interface PlanHeader {
  madeBy?: string;
  /** ISO 8601. */
  madeAt?: string;
  unit?: string;
  environment?: string;
  version?: string;
  note?: string;
}

/** Reads the header of a backup, which is free JSON to the API. */
export function planHeader(header: unknown): PlanHeader {
  const top = isObject(header) ? header : {};
  const unit = isObject(top['unit']) ? top['unit'] : {};
  const maker = isObject(top['createdBy']) ? top['createdBy'] : {};
  return {
    madeBy: textOf(maker['name']),
    madeAt: textOf(top['createdAt']),
    unit: textOf(unit['name']),
    environment: textOf(unit['environment']),
    version: textOf(top['appVersion']),
    note: textOf(top['note']),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
