import {
  Annotation,
  StateField,
  type ChangeSet,
  type EditorSelection,
  type EditorState,
  type Extension,
  type StateCommand,
  type Transaction,
} from '@codemirror/state';
import { keymap } from '@codemirror/view';

/** How to take back one edit, and where the cursor was before it. */
interface Step {
  changes: ChangeSet;
  selection: EditorSelection;
  at: number;
}

interface History {
  undoable: readonly Step[];
  redoable: readonly Step[];
}

/** Typing with shorter pauses than this is taken back together. */
const pauseInMs = 500;
const mostSteps = 200;

const direction = Annotation.define<'undo' | 'redo'>();

const history = StateField.define<History>({
  create: () => ({ undoable: [], redoable: [] }),
  update(before, transaction) {
    if (!transaction.docChanged) return before;
    const step = stepOf(transaction);
    switch (transaction.annotation(direction)) {
      case 'undo':
        return { undoable: before.undoable.slice(0, -1), redoable: [...before.redoable, step] };
      case 'redo':
        return { undoable: [...before.undoable, step], redoable: before.redoable.slice(0, -1) };
      case undefined:
        return { undoable: withStep(before.undoable, step, transaction), redoable: [] };
    }
  },
});

export const undo: StateCommand = (target) => take(target, 'undo', (state) => state.field(history).undoable);
export const redo: StateCommand = (target) => take(target, 'redo', (state) => state.field(history).redoable);

/** Undo and redo, with their usual keys. */
export const editorHistory: Extension = [
  history,
  keymap.of([
    { key: 'Mod-z', run: undo, preventDefault: true },
    { key: 'Mod-y', run: redo, preventDefault: true },
    { key: 'Mod-Shift-z', run: redo, preventDefault: true },
  ]),
];

function take(
  { state, dispatch }: Parameters<StateCommand>[0],
  which: 'undo' | 'redo',
  stepsIn: (state: EditorState) => readonly Step[],
): boolean {
  const step = stepsIn(state).at(-1);
  if (!step || state.readOnly) return false;
  dispatch(
    state.update({
      changes: step.changes,
      selection: step.selection,
      annotations: direction.of(which),
      scrollIntoView: true,
    }),
  );
  return true;
}

function stepOf({ changes, startState }: Transaction): Step {
  return { changes: changes.invert(startState.doc), selection: startState.selection, at: Date.now() };
}

function withStep(steps: readonly Step[], step: Step, transaction: Transaction): Step[] {
  const last = steps.at(-1);
  const goesOn = last && transaction.isUserEvent('input.type') && step.at - last.at < pauseInMs;
  if (!goesOn) return [...steps, step].slice(-mostSteps);
  const together = { ...step, changes: step.changes.compose(last.changes), selection: last.selection };
  return [...steps.slice(0, -1), together];
}
