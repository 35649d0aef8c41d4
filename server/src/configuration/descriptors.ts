import { type Descriptor } from '../change/core/descriptor';
import { type Kind } from '../change/core/task';
import { configKeyDescriptor } from './config-key/config-key.descriptor';
import { pluginDescriptor } from './plugin/plugin.descriptor';
import { profileDescriptor } from './profile/profile.descriptor';
import { workspaceDescriptor } from './workspace/workspace.descriptor';

/** All there is to know about each kind, for code that treats all kinds alike. */
export const descriptors: Readonly<Record<Kind, Descriptor>> = {
  PLUGIN: pluginDescriptor,
  WORKSPACE: workspaceDescriptor,
  PROFILE: profileDescriptor,
  CONFIG_KEY: configKeyDescriptor,
};
