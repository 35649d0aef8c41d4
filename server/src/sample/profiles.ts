import { type Role } from '../access/role';

/** One profile of the sample, with references by name instead of id. */
export interface SampleProfile {
  name: string;
  roles: Role[];
  /** In the order they are shown. */
  workspaces: string[];
}

export const sampleProfiles: SampleProfile[] = [
  {
    name: 'Reporters',
    roles: ['POWER_USER', 'READONLY', 'USER'],
    workspaces: ['News desk', 'Planning', 'Live and breaking'],
  },
  {
    name: 'Desk editors',
    roles: ['ADMIN', 'POWER_USER'],
    workspaces: ['News desk', 'Live and breaking', 'Planning', 'Audience', 'Sports desk'],
  },
  {
    name: 'Production',
    roles: ['POWER_USER', 'USER'],
    workspaces: ['Print production', 'Picture desk', 'Planning'],
  },
  {
    name: 'Night shift',
    roles: ['POWER_USER', 'USER'],
    workspaces: ['Live and breaking', 'News desk', 'Picture desk'],
  },
  { name: 'Chief editors', roles: [], workspaces: ['My corner', 'Audience', 'News desk', 'Planning'] },
];
