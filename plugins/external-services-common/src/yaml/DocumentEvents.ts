import {
  type Event,
  EVENT_ID,
  parseEvents,
  SCALAR_STYLE,
  YAMLException,
} from 'js-yaml';
import { MAX_DEPTH } from './limits';
import { tooLargeProblem, YamlProblemError } from './YamlProblem';

/** One parsed document of a text. */
export interface DocumentEvents {
  /** The text that the offsets of the events refer to. */
  text: string;
  /** Offset of `text` in the file. */
  textStart: number;
  /** Offset of the document in the file. */
  start: number;
  /** Events of all documents of the text. */
  events: Event[];
  /** Index of the event that opens the document's root node, or closes an empty document. */
  first: number;
}

/**
 * Parses the documents of a text that begins at `textStart` in its file. Throws
 * YamlProblemError at the first that is broken or nested too deep.
 */
export function parseDocuments(
  text: string,
  textStart: number,
): DocumentEvents[] {
  const events = eventsOf(text);
  const documents: DocumentEvents[] = [];
  for (let first = 1; first < events.length; first++) {
    if (events[first - 1].type === EVENT_ID.DOCUMENT) {
      const start = textStart + offsetOf(events[first]);
      documents.push({ text, textStart, start, events, first });
    }
  }
  return documents;
}

function eventsOf(text: string): Event[] {
  try {
    return parseEvents(text, { maxDepth: MAX_DEPTH });
  } catch (error) {
    if (!(error instanceof YAMLException)) {
      throw error;
    }
    const offset = error.mark?.position ?? 0;
    throw new YamlProblemError(
      error.reason.includes('maxDepth')
        ? tooLargeProblem(
            `more than ${MAX_DEPTH} levels of nesting`,
            '',
            offset,
          )
        : {
            code: 'invalid-yaml',
            message: `This is not valid YAML: ${error.reason}.`,
            hint: error.reason.includes('tab ')
              ? 'Indent with spaces, not with tabs.'
              : 'Correct the text at this position.',
            path: '',
            offset,
          },
    );
  }
}

/** Where a node begins in its text. */
export function offsetOf(event: Event): number {
  switch (event.type) {
    case EVENT_ID.SCALAR: {
      const quoted =
        event.style === SCALAR_STYLE.SINGLE_QUOTED ||
        event.style === SCALAR_STYLE.DOUBLE_QUOTED;
      return Math.max(0, event.valueStart - (quoted ? 1 : 0));
    }
    case EVENT_ID.ALIAS:
      return event.anchorStart - 1;
    case EVENT_ID.SEQUENCE:
    case EVENT_ID.MAPPING:
      return event.start;
    default:
      return 0;
  }
}
