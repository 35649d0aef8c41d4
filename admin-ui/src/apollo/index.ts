export { useClient } from './client';
export { requestHeaders } from './request-headers';
export { useConnection } from './connection';
export { faultOf, fieldMessage, type ConflictFault, type Fault, type FieldFault } from './fault';
export { useSafeModeHeader, type SafeModeHeader } from './safe-mode-header';
export { useMutation, type Mutation } from './useMutation';
export { useQuery, type Query } from './useQuery';
export { useSubscription, type Subscription } from './useSubscription';
export { useAllNodes, type AllNodes } from './useAllNodes';
