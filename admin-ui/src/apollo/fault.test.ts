import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';
import { faultOf, fieldMessage } from './fault';

function refusal(message: string, extensions: Record<string, unknown>): unknown {
  return new CombinedGraphQLErrors({ errors: [{ message, extensions }] });
}

test('a refusal keeps its code and its words', () => {
  expect(faultOf(refusal('You may not do this.', { code: 'FORBIDDEN' }))).toMatchObject({
    code: 'FORBIDDEN',
    message: 'You may not do this.',
    fields: [],
    conflicts: [],
  });
});

test('an internal error shows the id to look up', () => {
  expect(
    faultOf(refusal('Internal error', { code: 'INTERNAL_SERVER_ERROR', id: 'abc-1' })).message,
  ).toContain('abc-1');
});

test('messages are found by the field that they concern', () => {
  const fields = [
    { path: 'input.name', message: 'must not be empty' },
    { path: '/icon/colour', message: 'must be a colour' },
    { path: 'password', message: 'is too short' },
  ];
  const fault = faultOf(refusal('Bad', { code: 'BAD_USER_INPUT', fields }));
  expect(fieldMessage(fault, 'name')).toBe('Must not be empty');
  expect(fieldMessage(fault, 'icon')).toBe('Must be a colour');
  expect(fieldMessage(fault, 'password')).toBe('Is too short');
  expect(fieldMessage(fault, 'layout')).toBeUndefined();
});

test('conflicts name who uses what was to go', () => {
  const conflicts = [
    {
      code: 'IN_USE',
      message: 'It is used.',
      path: '',
      referrers: [{ type: 'WORKSPACE', id: '1', name: 'Sports' }],
    },
  ];
  expect(faultOf(refusal('In use', { code: 'CONFLICT', conflicts })).conflicts).toEqual(conflicts);
});

test('no answer from the network is told apart from a refusal', () => {
  expect(faultOf(new TypeError('Failed to fetch')).code).toBe('OFFLINE');
  const gateway = new ServerError('Bad gateway', {
    response: new Response('', { status: 502 }),
    bodyText: '',
  });
  expect(faultOf(gateway).code).toBe('OFFLINE');
});

test('a refusal with an HTTP status of its own is read from the body', () => {
  const bodyText = JSON.stringify({
    errors: [{ message: 'Too complex', extensions: { code: 'TOO_COMPLEX' } }],
  });
  const error = new ServerError('Bad request', { response: new Response('', { status: 400 }), bodyText });
  expect(faultOf(error)).toMatchObject({ code: 'TOO_COMPLEX', message: 'Too complex' });
});

test('a safe mode that is closed is told by whom and how, without words about headers', () => {
  const closing = { status: 'APPLIED', name: 'Spring', by: { id: '1', name: 'Ada' }, at: null };
  const { message } = faultOf(refusal('… Send X-Safe-Mode: none …', { code: 'SAFE_MODE_CLOSED', closing }));
  expect(message).toContain('“Spring” was applied for all users by Ada');
  expect(message).not.toContain('X-Safe-Mode');
  expect(faultOf(refusal('No such', { code: 'SAFE_MODE_CLOSED' })).message).toContain('no such safe mode');
});
