import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { CardContext } from '../hooks/useCard';
import { useTranslate } from '../hooks/useTranslate';
import { orders } from '../__fixtures__/entity';
import { createFormats } from '../presentation/Formats';
import { onDemand } from './onDemand';

const Part = (props: { name: string }) => <p>Here is {props.name}</p>;

function Card(props: { children: React.ReactNode }) {
  const t = useTranslate();
  const formats = createFormats('en');
  return (
    <CardContext.Provider
      value={{
        t,
        formats,
        now: 0,
        entity: orders,
        component: 'orders',
        checking: false,
        templates: {},
      }}
    >
      {props.children}
    </CardContext.Provider>
  );
}

describe('onDemand', () => {
  it('shows what stands for a part until its code is there', async () => {
    let arrive = (_: typeof Part) => {};
    const Lazy = onDemand<{ name: string }>(
      () =>
        new Promise(resolve => {
          arrive = resolve;
        }),
      ({ name }) => <p>Waiting for {name}</p>,
    );
    await renderInTestApp(
      <Card>
        <Lazy name="it" />
      </Card>,
    );
    expect(screen.getByText('Waiting for it')).toBeInTheDocument();

    arrive(Part);
    expect(await screen.findByText('Here is it')).toBeInTheDocument();
  });

  it('blames the portal when the code cannot be fetched, and asks for it again', async () => {
    const load = jest
      .fn<Promise<typeof Part>, []>()
      .mockRejectedValueOnce(new Error('Loading chunk 7 failed'))
      .mockResolvedValue(Part);
    const Lazy = onDemand(load);
    await renderInTestApp(
      <Card>
        <p>The rest</p>
        <Lazy name="it" />
      </Card>,
    );

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'This part could not be loadedThis is a problem of the portal, not of orders.',
    );
    expect(screen.getByText('The rest')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Here is it')).toBeInTheDocument();
  });

  it('fetches the code once', async () => {
    const load = jest.fn(async () => Part);
    const Lazy = onDemand(load);
    await renderInTestApp(
      <Card>
        <Lazy name="first" />
      </Card>,
    );
    await screen.findByText('Here is first');
    await renderInTestApp(
      <Card>
        <Lazy name="second" />
      </Card>,
    );
    expect(screen.getByText('Here is second')).toBeInTheDocument();
    expect(load).toHaveBeenCalledTimes(1);
  });
});
