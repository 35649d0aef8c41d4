import { type ConfigKey } from '../configuration/config-key/config-key';

type SampleConfigKey = Omit<ConfigKey, 'secret'> & { secret?: true };

export const sampleConfigKeys: SampleConfigKey[] = [
  { key: 'house.name', value: 'The Harbour Courier', description: 'As it stands in the imprint.' },
  { key: 'house.short-name', value: 'Courier' },
  { key: 'house.language', value: 'en' },
  { key: 'house.time-zone', value: 'Etc/UTC', description: 'All deadlines are meant in this time zone.' },
  { key: 'house.currency', value: 'EUR' },
  {
    key: 'house.desks',
    value: ['news', 'city', 'sport', 'culture', 'business', 'pictures'],
    description: 'Order of the desks in every list.',
  },
  { key: 'house.style-guide', value: 'https://wiki.harbour-courier.example/style' },

  { key: 'editions.print', value: ['City', 'Coast'] },
  {
    key: 'editions.deadlines',
    value: { City: { copy: '21:45', pages: '22:40' }, Coast: { copy: '21:00', pages: '21:50' } },
    description: 'Last times for copy and for finished pages.',
  },
  { key: 'editions.digital-refresh-minutes', value: 10 },
  { key: 'editions.sunday', value: false, description: 'There is no printed edition on Sundays.' },

  { key: 'publishing.site', value: 'https://harbour-courier.example' },
  { key: 'publishing.preview-site', value: 'https://preview.harbour-courier.example' },
  {
    key: 'publishing.token',
    value: 'sample-only-publishing-token',
    secret: true,
    description: 'Used by every plugin that publishes to the site.',
  },
  { key: 'publishing.four-eyes', value: true, description: 'Nothing goes out without a second person.' },
  { key: 'publishing.embargo-grace-minutes', value: 2 },
  { key: 'publishing.paywall', value: { freeArticlesPerMonth: 5, alwaysFree: ['weather', 'obituaries'] } },
  { key: 'publishing.corrections-note', value: 'An earlier version of this article contained an error.' },

  { key: 'wires.topics', value: ['politics', 'harbour', 'courts', 'weather', 'sport', 'business'] },
  { key: 'wires.keep-days', value: 45 },
  { key: 'wires.urgent-words', value: ['flash', 'urgent', 'evacuation', 'collision', 'verdict'] },
  {
    key: 'wires.credentials',
    value: { user: 'courier', password: 'sample-only-password' },
    secret: true,
    description: 'One account for all agencies.',
  },

  { key: 'pictures.lead-crop', value: '16:9' },
  { key: 'pictures.maximum-megapixels', value: 50 },
  { key: 'pictures.watermark', value: { text: 'Harbour Courier', opacity: 0.35, corner: 'bottom-right' } },
  { key: 'pictures.credit-line', value: 'Photo: {author} / Harbour Courier' },
  { key: 'pictures.archive-secret', value: 'sample-only-archive-secret', secret: true },

  { key: 'video.maximum-minutes', value: 12 },
  { key: 'video.subtitle-languages', value: ['en', 'fr'] },

  {
    key: 'audience.goals',
    value: { readersPerDay: 180000, subscriptionsPerWeek: 240, readingSeconds: 95 },
    description: 'Shown as the dashed lines of the charts.',
  },
  { key: 'audience.ignore-networks', value: ['10.0.0.0/8', '192.168.0.0/16'] },
  { key: 'audience.token', value: 'sample-only-audience-token', secret: true },

  { key: 'social.hashtags', value: { default: ['#HarbourCourier'], sport: ['#CourierSport'] } },
  { key: 'social.maximum-posts-per-hour', value: 8 },

  { key: 'sport.clubs', value: ['Harbour Town FC', 'North Quay Rovers', 'Lantern Point Athletic'] },
  { key: 'sport.results-feed', value: 'https://results.harbour-courier.example/feed' },

  {
    key: 'alerts.chat-webhook',
    value: 'https://chat.harbour-courier.example/hooks/sample-only',
    secret: true,
    description: 'Whoever knows this address can write to the newsroom chat.',
  },
  { key: 'alerts.quiet-hours', value: { from: '00:30', to: '05:00', except: ['urgent', 'outage'] } },
  { key: 'alerts.on-call', value: ['night-desk', 'editorial-systems'] },
  { key: 'alerts.weather-level', value: 'amber' },
];
