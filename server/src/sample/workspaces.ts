import { type JsonObject } from '../change/core/json';

interface SampleApplication {
  bundle: string;
  configuration?: JsonObject;
}

/** One workspace of the sample, with references by bundle instead of id. */
export interface SampleWorkspace {
  name: string;
  icon: { initials: string; colour: string };
  layout: string;
  shared: boolean;
  /** By area, in their order. */
  areas: Record<string, SampleApplication[]>;
}

const use = (plugin: string, configuration?: JsonObject): SampleApplication => ({
  bundle: `example.newsroom.${plugin}`,
  configuration,
});

export const sampleWorkspaces: SampleWorkspace[] = [
  {
    name: 'News desk',
    icon: { initials: 'ND', colour: '#b91c1c' },
    layout: 'three-columns',
    shared: true,
    areas: {
      left: [use('wires', { topics: ['politics', 'harbour', 'courts'], density: 'compact' })],
      main: [use('planner', { view: 'board', desk: 'news' })],
      right: [use('audience', { chart: 'top-stories', rows: 10 }), use('weather')],
    },
  },
  {
    name: 'Planning',
    icon: { initials: 'PL', colour: '#0f766e' },
    layout: 'two-columns',
    shared: true,
    areas: {
      main: [use('planner', { view: 'week', desk: 'all' })],
      side: [use('calendar', { calendars: ['city', 'courts'] })],
    },
  },
  {
    name: 'Live and breaking',
    icon: { initials: 'LB', colour: '#c2410c' },
    layout: 'three-columns',
    shared: true,
    areas: {
      left: [use('wires', { urgency: 'urgent', density: 'large' })],
      main: [use('live', { room: 'breaking' })],
      right: [use('pictures', { folder: 'incoming' }), use('video', { folder: 'incoming' })],
    },
  },
  {
    name: 'Print production',
    icon: { initials: 'PP', colour: '#334155' },
    layout: 'top-and-columns',
    shared: true,
    areas: {
      top: [use('pages', { edition: 'City' })],
      left: [use('planner', { view: 'list', states: ['ready'] })],
      right: [use('pictures', { folder: 'print', crop: 'lead' })],
    },
  },
  {
    name: 'Picture desk',
    icon: { initials: 'PD', colour: '#7c3aed' },
    layout: 'two-columns',
    shared: true,
    areas: {
      main: [use('pictures', { folder: 'today' }), use('video', { folder: 'today' })],
      side: [use('wires', { topics: ['harbour', 'sport'], only: 'pictures' })],
    },
  },
  {
    name: 'Audience',
    icon: { initials: 'AU', colour: '#1d4ed8' },
    layout: 'top-and-columns',
    shared: true,
    areas: {
      top: [use('audience', { chart: 'front-page', rows: 20 })],
      left: [use('social', { account: 'courier' })],
      right: [use('planner', { view: 'list', states: ['published'] })],
    },
  },
  {
    name: 'Sports desk',
    icon: { initials: 'SP', colour: '#15803d' },
    layout: 'two-columns',
    shared: true,
    areas: {
      main: [use('live', { room: 'match-day', template: 'goal' }), use('planner', { desk: 'sport' })],
      side: [use('calendar', { calendars: ['sport'] }), use('social', { account: 'courier-sport' })],
    },
  },
  {
    name: 'My corner',
    icon: { initials: 'MC', colour: '#a16207' },
    layout: 'single',
    shared: false,
    areas: { main: [use('feeds'), use('audience', { chart: 'subscriptions', rows: 5 })] },
  },
];
