import { createMockDirectory } from '@backstage/backend-test-utils';
import { symlinkSync } from 'node:fs';
import { writeFiles } from './writeFiles';

describe('writeFiles', () => {
  const root = createMockDirectory();
  const outside = createMockDirectory();

  beforeEach(() => {
    root.setContent({ 'here.yaml': 'before' });
    outside.setContent({ 'kept.yaml': 'kept' });
  });

  it('writes files into folders that it makes, and leaves nothing else', async () => {
    await writeFiles(root.path, [
      { path: 'a/b.yaml', content: 'b' },
      { path: 'here.yaml', content: 'after' },
    ]);
    expect(root.content()).toEqual({
      a: { 'b.yaml': 'b' },
      'here.yaml': 'after',
    });
  });

  it('writes no file when one of them cannot be written', async () => {
    await expect(
      writeFiles(root.path, [
        { path: 'here.yaml', content: 'after' },
        { path: 'here.yaml/below.yaml', content: 'no' },
      ]),
    ).rejects.toThrow();
    expect(root.content()).toEqual({ 'here.yaml': 'before' });
  });

  it('writes no file when one of them is a folder, and names it', async () => {
    root.setContent({
      'here.yaml': 'before',
      'taken.yaml': { 'a.txt': 'kept' },
    });
    await expect(
      writeFiles(root.path, [
        { path: 'here.yaml', content: 'after' },
        { path: 'taken.yaml', content: 'no' },
      ]),
    ).rejects.toThrow('taken.yaml is a folder');
    expect(root.content()).toEqual({
      'here.yaml': 'before',
      'taken.yaml': { 'a.txt': 'kept' },
    });
  });

  it.each(['../out.yaml', '/tmp/out.yaml', 'a/../../out.yaml'])(
    'refuses %s',
    async path => {
      await expect(
        writeFiles(root.path, [{ path, content: 'no' }]),
      ).rejects.toThrow('leads out of the workspace');
    },
  );

  it('does not write through a link that leads out', async () => {
    symlinkSync(outside.resolve('kept.yaml'), root.resolve('link.yaml'));
    await expect(
      writeFiles(root.path, [{ path: 'link.yaml', content: 'no' }]),
    ).rejects.toThrow('leads out of the workspace');
    expect(outside.content()).toEqual({ 'kept.yaml': 'kept' });
  });

  it('replaces a link inside instead of following it', async () => {
    symlinkSync(root.resolve('here.yaml'), root.resolve('link.yaml'));
    await writeFiles(root.path, [{ path: 'link.yaml', content: 'new' }]);
    expect(root.content()).toEqual({
      'here.yaml': 'before',
      'link.yaml': 'new',
    });
  });
});
