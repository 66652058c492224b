import fc from 'fast-check';
import { arbitraryQuestion } from './generated/arbitraryQuestion';
import { JudgedCluster, ownVerdict } from './ownVerdict';
import type { Question } from './Question';
import type { ServerJudge } from './ServerJudge';
import { compareVerdicts, Comparison, Verdict } from './Verdict';

/** A question on which the verdicts differ. */
export interface Disagreement {
  question: Question;
  comparison: Exclude<Comparison, 'agree'>;
  own: Verdict;
  server: Verdict;
}

/** What came out of one source of questions, by kind. */
export interface Tally {
  source: Question['source'];
  kind: Question['kind'];
  asked: number;
  accepted: number;
  refused: number;
  undecided: number;
  disagreements: number;
}

/** What a run found. */
export interface ConformanceResult {
  tallies: Tally[];
  /** One for each way in which the verdicts differ; generated ones are shrunk. */
  disagreements: Disagreement[];
}

/** How a run is made. */
export interface ConformanceOptions {
  judge: Pick<ServerJudge, 'judge'>;
  cluster: JudgedCluster;
  /** Recorded ones and those of the model. */
  fixed: Question[];
  /** How many objects are generated. */
  count: number;
  seed: number;
  /** Told what is happening. */
  onProgress: (line: string) => void;
}

/** More differences than this are not shrunk: the first ones tell enough. */
const MAX_SHRUNK = 40;

const ASKED_AT_ONCE = 8;

interface Answered {
  question: Question;
  own: Verdict | undefined;
  server: Verdict;
  comparison: Comparison;
}

/** Puts every question before the server and before `validateManifests`, and compares. */
export async function runConformance(
  options: ConformanceOptions,
): Promise<ConformanceResult> {
  const { fixed, count, seed, onProgress } = options;
  const generated = fc.sample(arbitraryQuestion, { seed, numRuns: count });

  const fixedAnswers = await answerAll(fixed, options);
  onProgress(`${fixed.length} recorded and model questions asked`);
  const generatedAnswers = await answerAll(generated, options);
  onProgress(`${count} generated questions asked (seed ${seed})`);

  const disagreements = firstOfEach(fixedAnswers).map(toDisagreement);
  const found = firstOfEach(generatedAnswers);
  for (const answered of found.slice(0, MAX_SHRUNK)) {
    const index = generated.indexOf(answered.question);
    disagreements.push(await shrunk(answered, index, options));
  }
  disagreements.push(...found.slice(MAX_SHRUNK).map(toDisagreement));
  return {
    tallies: tally([...fixedAnswers, ...generatedAnswers]),
    disagreements,
  };
}

async function answerAll(
  questions: Question[],
  options: ConformanceOptions,
): Promise<Answered[]> {
  const answers: Answered[] = [];
  // Updates store objects whose names may be the same, so they go one by one.
  const updates = questions.filter(({ existing }) => existing).values();
  const creations = questions.filter(({ existing }) => !existing).values();
  const work = async (queue: Iterable<Question>) => {
    for (const question of queue) {
      answers.push(await answer(question, options));
    }
  };
  await work(updates);
  await Promise.all(
    Array.from({ length: ASKED_AT_ONCE }, () => work(creations)),
  );
  return answers;
}

async function answer(
  question: Question,
  { judge, cluster }: ConformanceOptions,
): Promise<Answered> {
  const server = await judge.judge(question);
  const own = ownVerdict(question, cluster);
  const comparison = own ? compareVerdicts(own, server) : 'agree';
  return { question, own, server, comparison };
}

/** The first answer of each way to differ. */
function firstOfEach(answers: Answered[]): Answered[] {
  const differing = answers.filter(({ comparison }) => comparison !== 'agree');
  const firsts = new Map<string, Answered>();
  for (const answered of differing) {
    const way = wayToDiffer(answered);
    if (!firsts.has(way)) firsts.set(way, answered);
  }
  return [...firsts.values()];
}

/** Which fields each side names that the other does not, whatever their indexes. */
function wayToDiffer({ question, own, server, comparison }: Answered): string {
  const generalised = (fields: string[]) =>
    fields.map(field => field.replace(/\[[^\]]*\]/g, '[]'));
  const ours = generalised(own?.fields ?? []);
  const theirs = generalised(server.fields);
  return JSON.stringify([
    question.kind,
    comparison,
    server.accepted,
    ours.filter(field => !theirs.includes(field)),
    theirs.filter(field => !ours.includes(field)),
  ]);
}

function toDisagreement(answered: Answered): Disagreement {
  const { question, comparison, own, server } = answered;
  if (!own || comparison === 'agree') {
    throw new Error(`There is no disagreement about ${question.name}`);
  }
  return { question, comparison, own, server };
}

/** The smallest object that differs in the same way. */
async function shrunk(
  answered: Answered,
  index: number,
  options: ConformanceOptions,
): Promise<Disagreement> {
  const way = wayToDiffer(answered);
  let smallest = answered;
  const property = fc.asyncProperty(arbitraryQuestion, async question => {
    const again = await answer(question, options);
    if (again.comparison === 'agree' || wayToDiffer(again) !== way) return true;
    smallest = again;
    return false;
  });
  // From the object that was generated with this seed at this index.
  await fc.check(property, {
    seed: options.seed,
    path: String(index),
    numRuns: 1,
  });
  return toDisagreement(smallest);
}

function tally(answers: Answered[]): Tally[] {
  const tallies = new Map<string, Tally>();
  for (const { question, own, server, comparison } of answers) {
    const { source, kind } = question;
    const key = `${source} ${kind}`;
    const row = tallies.get(key) ?? {
      source,
      kind,
      asked: 0,
      accepted: 0,
      refused: 0,
      undecided: 0,
      disagreements: 0,
    };
    row.asked += 1;
    row[server.accepted ? 'accepted' : 'refused'] += 1;
    if (!own) row.undecided += 1;
    if (comparison !== 'agree') row.disagreements += 1;
    tallies.set(key, row);
  }
  return [...tallies.values()];
}
