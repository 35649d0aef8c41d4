import type { ChangeCause, ConfigurationType, TaskOperation } from '../../apollo/generated/graphql';
import { typeNames } from '../../texts';
import type { AddressValues } from '../../ui/address';
import { causeNames, operationNames } from './texts';

/** What the history is filtered by, as the API takes it. */
export interface HistoryFilters {
  type?: ConfigurationType;
  operation?: TaskOperation;
  by?: string;
  cause?: ChangeCause;
  since?: string;
  until?: string;
  objectId?: string;
}

/** The names of the filters in the address of the page. */
export const filterNames = ['type', 'operation', 'by', 'cause', 'from', 'to', 'object'] as const;

/** Reads the filters out of an address; what makes no sense there filters nothing. Days are those of the reader. */
export function filtersIn(address: AddressValues): HistoryFilters {
  return {
    type: oneOf(typeNames, address['type']),
    operation: oneOf(operationNames, address['operation']),
    cause: oneOf(causeNames, address['cause']),
    by: address['by'],
    since: startOf(address['from'], 0),
    // The last day counts as a whole.
    until: startOf(address['to'], 1),
    objectId: address['object'],
  };
}

function oneOf<Name extends string>(
  names: Record<Name, string>,
  value: string | undefined,
): Name | undefined {
  return value !== undefined && Object.hasOwn(names, value) ? (value as Name) : undefined;
}

/** The moment at which a day of the reader begins, or one some days later. */
function startOf(day: string | undefined, daysLater: number): string | undefined {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day ?? '') ?? [];
  if (date === undefined) return undefined;
  const start = new Date(Number(year), Number(month) - 1, Number(date) + daysLater);
  return Number.isNaN(start.getTime()) ? undefined : start.toISOString();
}
