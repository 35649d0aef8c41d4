import { Field, ID, InputType, Int } from 'type-graphql';
import { ObjectType } from '../../graphql/object-type';
import { type Json } from '../../change/core/json';
import { type Id } from '../../change/core/task';
import { connectionTypes } from '../../graphql/paging';
import { JsonScalar } from '../../graphql/scalars';
import { EditPayload } from '../edit-payload.type';
import { EditInput, ObjectInput } from '../edit-input.type';
import { type Application, type Workspace } from './workspace';

@ObjectType('Application', { description: 'An instance of a plugin in an area of a workspace.' })
export class ApplicationType {
  @Field(() => ID, { description: 'Id in the unit.' }) id!: Id;
  @Field({ description: 'Area of the layout that it is in.' }) area!: string;
  @Field(() => Int, { description: 'Place in the area; applications are ordered by area, position and id.' })
  position!: number;
  @Field(() => JsonScalar, { description: 'Its own configuration: a JSON object.' }) configuration!: Json;

  unitId!: Id;
  pluginId!: Id;
}

@ObjectType('Workspace', {
  description: 'A page of applications, shared with others or private to its owner.',
})
export class WorkspaceType {
  @Field(() => ID, { description: 'Id in the unit.' }) id!: Id;
  @Field({ description: 'Name; need not be unique.' }) name!: string;
  @Field(() => JsonScalar, {
    nullable: true,
    description: '`{"initials": …, "colour": …}` or `{"picture": "data:…"}` of PNG, JPEG or WebP.',
  })
  icon!: Json | null;
  @Field({
    description: 'Named arrangement of areas: single, two-columns, three-columns or top-and-columns.',
  })
  layout!: string;
  @Field({ description: 'Whether others see it too.' }) shared!: boolean;

  unitId!: Id;
  ownerEmail!: string | undefined;
  placed!: Workspace['applications'];
}

export const WorkspaceConnection = connectionTypes(WorkspaceType, 'Workspace');

/** A workspace as the API shows it. */
export const workspaceType = (unitId: Id, id: Id, workspace: Workspace): WorkspaceType => ({
  id,
  unitId,
  name: workspace.name,
  icon: workspace.icon ?? null,
  layout: workspace.layout,
  shared: workspace.shared,
  ownerEmail: workspace.owner,
  placed: workspace.applications,
});

/** Applications of a workspace as the API shows them, in their order. */
export const applicationTypes = (unitId: Id, placed: Workspace['applications']): ApplicationType[] =>
  Object.entries(placed)
    .sort(inOrder)
    .map(([id, application]) => ({ id, unitId, ...application }));

function inOrder([idA, a]: [Id, Application], [idB, b]: [Id, Application]): number {
  if (a.area !== b.area) return a.area < b.area ? -1 : 1;
  return a.position - b.position || (idA < idB ? -1 : 1);
}

@InputType({
  description: 'An application of a workspace. A known id is the same application, no id a new one.',
})
export class ApplicationInput {
  @Field(() => ID, { nullable: true, description: 'The application; none for a new one.' }) id?: Id | null;
  @Field(() => ID, { description: 'Its plugin; never changes.' }) pluginId!: Id;
  @Field({ description: 'Area of the layout.' }) area!: string;
  @Field(() => Int, { nullable: true, description: 'Place in the area; the last if left out.' })
  position?: number | null;
  @Field(() => JsonScalar, { nullable: true, description: 'Its whole configuration; stays if left out.' })
  configuration?: Json;
}

const iconText = 'Initials and colour, or a picture.';
const profileIdsText =
  'Profiles that show it: a shorthand that adds it to, or removes it from, those profiles. Admins only.';

@InputType({ description: 'A workspace to create. The caller becomes its owner.' })
export class CreateWorkspaceInput extends EditInput {
  @Field({ description: 'Name.' }) name!: string;
  @Field(() => JsonScalar, { nullable: true, description: iconText }) icon?: Json;
  @Field(() => String, { nullable: true, description: 'Layout; `single` if left out.' }) layout?:
    string | null;
  @Field(() => Boolean, { nullable: true, defaultValue: true, description: 'Whether others see it too.' })
  shared?: boolean | null;
  @Field(() => [ID], { nullable: true, description: profileIdsText }) profileIds?: Id[] | null;
  @Field(() => [ApplicationInput], { nullable: true, description: 'Its applications.' })
  applications?: ApplicationInput[] | null;
}

@InputType({ description: 'Changes to a workspace; what is left out stays.' })
export class UpdateWorkspaceInput extends ObjectInput {
  @Field(() => String, { nullable: true, description: 'New name.' }) name?: string | null;
  @Field(() => JsonScalar, { nullable: true, description: `${iconText} Null takes it away.` }) icon?: Json;
  @Field(() => String, { nullable: true, description: 'New layout.' }) layout?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether others see it too.' }) shared?:
    boolean | null;
  @Field(() => [ID], { nullable: true, description: profileIdsText }) profileIds?: Id[] | null;
  @Field(() => [ApplicationInput], {
    nullable: true,
    description: 'All its applications; absent ones are removed.',
  })
  applications?: ApplicationInput[] | null;
}

@ObjectType({ description: 'The workspace as it is after the mutation.' })
export class WorkspacePayload extends EditPayload {
  @Field(() => WorkspaceType, { description: 'The workspace.' }) workspace!: WorkspaceType;
}
