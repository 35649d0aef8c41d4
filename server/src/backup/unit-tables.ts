/**
 * Every table, and whether a backup holds it or why not. A new table fails a test until it stands here: whoever adds
 * it decides.
 */
export const unitTables: Readonly<Record<string, string>> = {
  plugin: 'in the backup',
  plugin_mapping: 'in the backup',
  workspace: 'in the backup',
  application: 'in the backup',
  profile: 'in the backup',
  profile_workspace: 'in the backup',
  config_key: 'in the backup',

  unit: 'of its row only id, name and revision stand in the header; an import keeps the row',
  generation: 'an import makes a new one',
  generation_lease: 'says what runs now',
  change_set: 'history stays where it happened',
  change_entry: 'history stays where it happened',
  operation: 'says what was done here lately',
  job: 'says what was done here',
  backup_upload: 'a file on its way in',
  backup_upload_part: 'a file on its way in',
  backup_register: 'recognises own files',
  backup_plan: 'is made for the present state only',
  backup_plan_entry: 'is made for the present state only',
  audit: 'who did what stays where it happened',

  safe_mode: 'changes that are not applied are not configuration',
  active_safe_mode: 'says who is where now',
  safe_mode_presence: 'says who is where now',

  membership: 'people are not configuration',
  user: 'people are not configuration; of the owner of a private workspace the e-mail is in the backup',
  session: 'access is not configuration',
  api_token: 'access is not configuration',
  one_time_link: 'access is not configuration',
  attempt: 'access is not configuration',
  object_removal: 'about files of this installation',
  installation: 'about this installation',
  server_process: 'says what runs now',
};
