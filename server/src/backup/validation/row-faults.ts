import { pointerTo } from '../../change/core/json';
import { storedName } from '../../change/core/name-key';
import { type ConfigurationObject, type Fault, type Id, type Kind } from '../../change/core/task';
import { descriptors } from '../../configuration/descriptors';
import { defaultLayout } from '../../configuration/workspace/layout';
import { type RowFaults } from '../format/content/row-takers';
import { type FieldProblem } from '../format/rows/read-row';
import { type ApplicationRow } from '../format/rows/section';

/** Ordinary validation of the rows of one file, with the rules that every edit is held to. */
export function ordinaryValidation(): RowFaults {
  const layouts = new Map<Id, string>();
  return ({ section, row }) => {
    switch (section) {
      case 'plugins':
        return [...named('bundle', row.bundle), ...faultsOf('PLUGIN', row)];
      case 'workspaces':
        layouts.set(row.id, row.layout);
        return [...named('name', row.name), ...faultsOf('WORKSPACE', { ...row, applications: {} })];
      case 'applications':
        return applicationProblems(row, layouts.get(row.workspaceId));
      case 'profiles':
        return [...named('name', row.name), ...faultsOf('PROFILE', row)];
      case 'configKeys':
        return [...named('key', row.key), ...faultsOf('CONFIG_KEY', row)];
    }
  };
}

/** A name in another form than the stored one would change on the way in, and could meet another name there. */
function named(field: string, name: string): FieldProblem[] {
  return storedName(name) === name
    ? []
    : [{ field, problem: 'must have no space around it and be in Unicode form NFC' }];
}

function faultsOf(kind: Kind, row: object): FieldProblem[] {
  const value = { ...row } as ConfigurationObject & { id?: Id };
  if (kind !== 'CONFIG_KEY') delete value.id;
  return descriptors[kind].validate(value).map((fault) => problemOf(fault));
}

/** An application is judged as the only one of a workspace that is fine itself. */
function applicationProblems(
  { id, workspaceId: _, ...application }: ApplicationRow,
  layout: string | undefined,
): FieldProblem[] {
  const workspace = {
    name: id,
    layout: layout ?? defaultLayout,
    shared: true,
    applications: { [id]: application },
  };
  const place = pointerTo('applications', id);
  return (
    descriptors.WORKSPACE.validate(workspace as unknown as ConfigurationObject)
      .filter(({ path }) => path.startsWith(place))
      // Of a workspace that is not in the file nobody knows the areas; the missing workspace is told already.
      .filter(({ path }) => layout !== undefined || path !== `${place}/area`)
      .map((fault) => problemOf({ ...fault, path: fault.path.slice(place.length) }))
  );
}

const problemOf = ({ path, message }: Fault): FieldProblem => ({
  ...(path !== '' && { field: path.slice(1) }),
  problem: message,
});
