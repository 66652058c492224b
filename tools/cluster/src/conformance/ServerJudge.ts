import type { ApiServerClient } from '../control-plane/ApiServerClient';
import { collectionPath } from './kinds';
import type { Question } from './Question';
import { serverVerdict } from './serverVerdict';
import type { Verdict } from './Verdict';

/** Nothing is stored, and unknown fields are errors, which is what kubectl asks for. */
const DRY_RUN = 'dryRun=All&fieldValidation=Strict';

/** Puts questions before an API server; remembers the answers. */
export class ServerJudge {
  private readonly verdicts = new Map<string, Promise<Verdict>>();

  constructor(private readonly client: ApiServerClient) {}

  async judge(question: Question): Promise<Verdict> {
    if (question.existing) return this.judgeUpdate(question);

    const key = [question.kind, question.namespace, question.text].join('\0');
    const known = this.verdicts.get(key);
    if (known) return known;
    const asked = this.judgeCreation(question);
    this.verdicts.set(key, asked);
    return asked;
  }

  private async judgeCreation(question: Question): Promise<Verdict> {
    const { kind, namespace, text } = question;
    const answer = await this.client.send({
      method: 'POST',
      path: `${collectionPath(kind, namespace)}?${DRY_RUN}`,
      body: text,
    });
    return serverVerdict(answer);
  }

  /** Stores the existing object for the time of the question, which is asked as a replacement. */
  private async judgeUpdate(question: Question): Promise<Verdict> {
    const { kind, namespace, text, existing } = question;
    const collection = collectionPath(kind, namespace);
    const stored = await this.client.send({
      method: 'POST',
      path: collection,
      body: JSON.stringify(existing),
    });
    if (stored.status !== 201) {
      throw new Error(`The existing object was not stored: ${stored.body}`);
    }
    const { name } = JSON.parse(stored.body).metadata;
    try {
      return serverVerdict(
        await this.client.send({
          method: 'PUT',
          path: `${collection}/${name}?${DRY_RUN}`,
          body: text,
        }),
      );
    } finally {
      await this.client.send({
        method: 'DELETE',
        path: `${collection}/${name}`,
      });
    }
  }
}
