/** Something that the reader can put right: shown as it is, without a stack. */
export class Problem extends Error {}
