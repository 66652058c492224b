/** Ends an edit whose text offers no safe place for it. */
export class NotEditableError extends Error {
  /** `offset` is where the text stands that cannot be edited. */
  constructor(readonly offset: number) {
    super('The text cannot be edited safely');
    this.name = 'NotEditableError';
  }
}
