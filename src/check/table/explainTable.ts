import type { Habit } from "./done.js";
import type { Judged } from "./judge.js";
import type { Given } from "./layerGiven.js";
import { type Layout, layoutsOf, volumesOf } from "./layouts.js";
import { listFacts } from "./listFacts.js";
import { parseRow } from "./parsedRow.js";
import { readShape } from "./shapeText.js";
import type { TableModel } from "./tableModel.js";
import { type RowResult, resultsOf, walk } from "./walk.js";

/** One way to explain a whole table. */
export interface Explanation {
  readonly layout: Layout;
  readonly habit: Habit;
  readonly cost: number;
  readonly results: readonly RowResult[];
  /** Where the cells stand that are wrong by it. */
  readonly wrong: ReadonlySet<number>;
}

/** All explanations that nothing decides between; the first is the plainest. */
export interface Explained {
  readonly best: Explanation;
  readonly others: readonly Explanation[];
}

/** Explanations that are this much worse than the best still count as possible. */
const DOUBT = 0.3;

/** What it costs to say that a table counts weights without biases. */
const BIAS_HABIT = 0.4;

/** What it costs to leave a shape unread. */
const UNREAD = 0.8;

/** Steps for one table. */
const BUDGET = 12_000;

const COUNTED: Habit = { bias: "counted", norm: 2 };

/** Explains a table in all layouts and habits; undefined where the steps do not suffice. */
export function explainTable(model: TableModel, input: string | undefined): Explained | undefined {
  const budget = { left: BUDGET };
  const found: Explanation[] = [];
  const steps = model.rows.flatMap((r) => r.readings.flatMap((reading) => reading.steps));
  const has = (...kinds: readonly Given["kind"][]): boolean => steps.some((s) => kinds.includes(s.kind));
  const facts = {
    hasPools: has("maxpool", "avgpool"),
    hasNorms: has("batchnorm"),
    hasFlatten: has("flatten"),
  };
  const layouts = layoutsOf(model);
  const cheapest = (): number => found.reduce((least, e) => Math.min(least, e.cost), Number.POSITIVE_INFINITY);
  const run = (layout: Layout, habit: Habit, extra: number): void => {
    const rows = model.rows.filter((r) => r.role === "layer").map((r) => parseRow(r, layout));
    // A layout in which a shape cannot be read explains less.
    const unread = rows
      .flatMap((r) => r.claims)
      .filter((c) => c.state === "strange" && readShape(c.claim.text) !== undefined).length;
    const start = extra + unread * UNREAD;
    const list = model.list && listFacts(rows, model.list.before, layout);
    const setting = { layout, habit, input: directed(input, layout), list, ...facts, budget, known: new Map() };
    for (const path of walk(rows, setting, cheapest() + DOUBT - start)) {
      const results = resultsOf(path);
      // Every count has to speak for a habit of leaving biases out.
      if (extra > 0 && results.some((r) => deniesHabit(r))) continue;
      found.push({
        layout,
        habit,
        cost: path.cost + start,
        results,
        wrong: new Set(
          path.wrong
            .split(";")
            .filter((s) => s !== "")
            .map(Number),
        ),
      });
    }
  };
  for (const [habit, extra] of habitsOf(model, facts.hasNorms)) {
    if (extra > 0 && cheapest() < 0.5) break;
    for (const layout of layouts) {
      run(layout, habit, extra);
      if (budget.left < 0) return undefined;
      if (cheapest() < 0.01) break;
    }
    if (cheapest() < 0.01) break;
  }
  const sorted = found.sort((a, b) => a.cost - b.cost);
  const [best] = sorted;
  return best && { best, others: sorted.slice(1).filter((e) => e.cost <= best.cost + DOUBT) };
}

/** Whether a row's count does not fit a table that leaves biases out. */
function deniesHabit({ row, worked, verdicts }: RowResult): boolean {
  if (verdicts.some((v) => v.status === "wrong" && v.claim.claim.kind === "params")) return true;
  return !worked && row.row.readings.every((r) => r.steps.every((s) => s.kind !== "opaque" && s.kind !== "input"));
}

/** The input that a directive gives, in a layout. */
function directed(
  input: string | undefined,
  layout: Layout,
): ReturnType<typeof volumesOf>[number]["volume"] | undefined {
  const shape = input === undefined ? undefined : readShape(input)?.shape;
  return (
    shape &&
    volumesOf(shape, layout, true).find((v) => v.volume.axes.length === layout.axes || v.volume.axes.length === 0)
      ?.volume
  );
}

/** The ways in which a table may count, and what each costs. */
function habitsOf(model: TableModel, hasNorms: boolean): readonly (readonly [Habit, number])[] {
  const counted = model.rows.filter((r) => r.claims.some((c) => c.kind === "params" && /[1-9]/.test(c.text)));
  const weighted = (kinds: readonly Given["kind"][]): number =>
    counted.filter((r) => r.readings.some((reading) => reading.steps.some((s) => kinds.includes(s.kind)))).length;
  const biases: (readonly [Habit["bias"], number])[] = [["counted", 0]];
  if (weighted(["conv"]) > 1) biases.push(["not in convolutions", BIAS_HABIT]);
  if (weighted(["conv", "linear"]) > 1) biases.push(["left out", BIAS_HABIT]);
  return biases.flatMap(([bias, cost]) =>
    (hasNorms ? ([2, 4] as const) : ([2] as const)).map((norm) => [{ ...COUNTED, bias, norm }, cost] as const),
  );
}

/** The verdict on each claim: wrong only where every possible explanation says so, right only where none denies it. */
export function agreedVerdicts({ best, others }: Explained): ReadonlyMap<number, Judged> {
  const verdicts = new Map<number, Judged>();
  for (const result of best.results) {
    for (const judged of result.verdicts) {
      const at = judged.claim.claim.cell.span.from;
      const doubted = others.some((e) => e.wrong.has(at) !== (judged.status === "wrong"));
      const known = verdicts.get(at);
      if (known && known.status !== "unknown") continue;
      verdicts.set(at, doubted ? { claim: judged.claim, status: "unknown", cost: 0 } : judged);
    }
  }
  return verdicts;
}
