// Each of these tests runs git many times, which takes its time on a busy machine.
jest.setTimeout(30_000);
