import { EditorState, type Transaction } from '@codemirror/state';
import { editorHistory, redo, undo } from './editor-history';

/** An editor without a screen. */
function editor(text: string) {
  let state = EditorState.create({ doc: text, extensions: editorHistory });
  const dispatch = (transaction: Transaction) => (state = transaction.state);
  const insert = (at: number, inserted: string, userEvent = 'input.paste') =>
    dispatch(
      state.update({
        changes: { from: at, insert: inserted },
        selection: { anchor: at + inserted.length },
        userEvent,
      }),
    );
  return {
    insert,
    undo: () => undo({ state, dispatch }),
    redo: () => redo({ state, dispatch }),
    text: () => state.doc.toString(),
    cursor: () => state.selection.main.head,
  };
}

test('undo takes back one edit after the other and puts the cursor where it was', () => {
  const it = editor('{}');
  it.insert(1, '"a":1');
  it.insert(6, ',"b":2');
  expect(it.undo()).toBe(true);
  expect(it.text()).toBe('{"a":1}');
  expect(it.cursor()).toBe(6);
  it.undo();
  expect(it.text()).toBe('{}');
  expect(it.undo()).toBe(false);
});

test('redo brings back what was taken back, until something else is typed', () => {
  const it = editor('');
  it.insert(0, 'one');
  it.insert(3, ' two');
  it.undo();
  it.redo();
  expect(it.text()).toBe('one two');
  it.undo();
  it.insert(3, '!');
  expect(it.redo()).toBe(false);
  expect(it.text()).toBe('one!');
});

test('letters typed without a pause are taken back together', () => {
  const it = editor('');
  [...'abc'].forEach((letter, index) => it.insert(index, letter, 'input.type'));
  it.undo();
  expect(it.text()).toBe('');
});
