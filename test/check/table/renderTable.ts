import { pick } from "../../random.js";
/** A layer with what PyTorch says of it; shapes are one sample's, channels first. */
export interface StackLayer {
  readonly layer: string;
  readonly args: Readonly<Record<string, number>>;
  readonly output: readonly number[];
  readonly params: number;
}

export interface Stack {
  readonly axes: 1 | 2 | 3;
  readonly input: readonly number[];
  readonly layers: readonly StackLayer[];
}

/** A cell of a rendered table that claims something, with the same cell gone wrong. */
export interface RenderedCell {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly wrong: string;
  readonly what: string;
}

export interface Rendered {
  readonly text: string;
  readonly language: "markdown" | "latex";
  readonly cells: readonly RenderedCell[];
  readonly style: string;
}

type Random = () => number;
interface Style {
  readonly names: "course" | "keras" | "torchsummary" | "call" | "prose" | "columns" | "bare";
  readonly order: "first" | "last";
  readonly shape: (sizes: readonly number[]) => string;
  readonly count: (n: number) => string;
  readonly formulas: boolean;
  readonly size: boolean;
  readonly input: boolean;
  readonly params: boolean;
  readonly output: boolean;
  readonly norm: 2 | 4;
  readonly total: "none" | "row";
  readonly skipKeep: boolean;
  readonly skipFlatten: boolean;
  readonly language: "markdown" | "latex";
  readonly wrap: (text: string) => string;
}

const commas = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ",");

function styleFor(random: Random, stack: Stack): Style {
  const language = pick(random, ["markdown", "markdown", "latex"] as const);
  const names = pick(random, ["course", "keras", "torchsummary", "call", "prose", "columns", "bare"] as const);
  const order =
    names === "keras"
      ? "last"
      : names === "torchsummary" || names === "call"
        ? "first"
        : pick(random, ["first", "last"] as const);
  const times = pick(random, language === "latex" ? ["$\\times$", " $\\times$ ", "x"] : ["×", "x", " × ", " x "]);
  const tuple = names === "keras" ? "(None, " : names === "torchsummary" ? "[-1, " : pick(random, ["", "(", "["]);
  const isTuple = names === "keras" || names === "torchsummary" || (tuple !== "" && random() < 0.5);
  const math = language === "latex" && !isTuple && random() < 0.5;
  const shape = (sizes: readonly number[]): string => {
    if (isTuple)
      return `${tuple}${sizes.join(", ")}${sizes.length === 1 && tuple === "(" ? "," : ""}${tuple.startsWith("[") ? "]" : ")"}`;
    return math ? `$${sizes.join(" \\times ")}$` : sizes.join(times);
  };
  const grouped = random() < 0.6;
  const count = (n: number): string =>
    grouped ? (language === "latex" && math ? `$${commas(n).replaceAll(",", "{,}")}$` : commas(n)) : String(n);
  const wrap = pick(random, [
    (t: string) => t,
    (t: string) => t,
    (t: string) => (t === "" ? t : language === "latex" ? `\\texttt{${t}}` : `\`${t}\``),
    (t: string) => (t === "" ? t : language === "latex" ? `\\textbf{${t}}` : `**${t}**`),
  ]);
  const formulas = random() < 0.2 && stack.axes === 2;
  return {
    names,
    order,
    shape,
    count,
    formulas,
    size: random() < 0.25,
    input: random() < 0.2,
    params: random() < 0.9,
    output: names === "bare" || random() < 0.93,
    norm: names === "keras" ? 4 : pick(random, [2, 2, 4] as const),
    total: random() < 0.4 ? "row" : "none",
    skipKeep: random() < 0.4,
    skipFlatten: random() < 0.15,
    language,
    wrap,
  };
}

const isKeep = (l: StackLayer): boolean => l.layer === "ReLU" || l.layer === "Dropout";

function keyOf(l: StackLayer): string {
  return l.layer.replace(/\dd$/, "");
}

/** How a layer is called in a style; the second text is the type or the details, where the style has a column for it. */
function nameOf(l: StackLayer, style: Style, i: number, nth: number, axes: number): readonly [string, string] {
  const {
    kernel_size: k = 0,
    stride: s = 1,
    padding: p = 0,
    out_channels: f = 0,
    in_channels: c = 0,
    out_features: u = 0,
    in_features: n = 0,
  } = l.args;
  const key = keyOf(l);
  const sides = axes === 1 ? `k=${k}` : Array.from({ length: axes }, () => k).join("×");
  const crossed = axes === 1 ? k : Array.from({ length: axes }, () => k).join("x");
  const isSame = s === 1 && 2 * p === k - 1;
  switch (style.names) {
    case "course":
      if (key === "Conv") return [`CONV${k}-${f}${isSame ? "" : ` s${s} p${p}`}`, ""];
      if (key === "MaxPool") return [s === k ? `POOL${k}` : `MAXPOOL ${crossed} stride ${s}`, ""];
      if (key === "AvgPool") return [`AVGPOOL ${crossed}, stride ${s}`, ""];
      if (key === "Linear") return [`FC-${u}`, ""];
      if (key === "GlobalAvgPool") return ["GAP", ""];
      if (key === "BatchNorm") return ["BN", ""];
      return [key === "Flatten" ? "FLATTEN" : key, ""];
    case "keras": {
      const classes: Record<string, string> = {
        Conv: `Conv${axes}D`,
        MaxPool: `MaxPooling${axes}D`,
        AvgPool: `AveragePooling${axes}D`,
        Linear: "Dense",
        BatchNorm: "BatchNormalization",
        GlobalAvgPool: `GlobalAveragePooling${axes}D`,
        ReLU: "Activation",
        Dropout: "Dropout",
        Flatten: "Flatten",
      };
      const name = (classes[key] ?? key).toLowerCase().replace("pooling", "_pooling");
      return [`${name}${nth > 0 ? `${style.language === "latex" ? "\\_" : "_"}${nth}` : ""} (${classes[key]})`, ""];
    }
    case "torchsummary":
      return [`${key === "GlobalAvgPool" ? `AdaptiveAvgPool${axes}d` : l.layer}-${i + 1}`, ""];
    case "call": {
      const calls: Record<string, string> = {
        Conv: `nn.Conv${axes}d(${c}, ${f}, ${k}${s === 1 ? "" : `, stride=${s}`}${p === 0 ? "" : `, padding=${p}`})`,
        MaxPool: `nn.MaxPool${axes}d(${k}${s === k ? "" : `, ${s}`})`,
        AvgPool: `nn.AvgPool${axes}d(${k}${s === k ? "" : `, stride=${s}`})`,
        Linear: `nn.Linear(${n}, ${u})`,
        BatchNorm: `nn.BatchNorm${axes}d(${l.output[0]})`,
        GlobalAvgPool: "global average pooling",
      };
      return [calls[key] ?? (key === "Dropout" ? `nn.Dropout(${l.args.p})` : `nn.${l.layer}()`), ""];
    }
    case "prose": {
      const texts: Record<string, string> = {
        Conv: `${sides} conv, ${f}${s === 1 ? "" : `, /${s}`}${isSame || s > 1 ? "" : `, pad ${p}`}`,
        MaxPool: `${sides} max pool, stride ${s}`,
        AvgPool: `average pooling ${sides}, stride ${s}`,
        Linear: `fully connected, ${u} units`,
        BatchNorm: "batch normalization",
        GlobalAvgPool: "global average pooling",
      };
      return [texts[key] ?? key.toLowerCase(), ""];
    }
    case "columns": {
      const types: Record<string, string> = {
        Conv: `Conv${axes}D`,
        MaxPool: "Max Pooling",
        AvgPool: "Avg Pooling",
        Linear: "Fully Connected",
        BatchNorm: "Batch Norm",
        GlobalAvgPool: "Global Avg Pool",
      };
      const details: Record<string, string> = {
        Conv: `${f} filters, ${sides}, stride ${s}, padding ${p}`,
        MaxPool: `${sides}, stride ${s}`,
        AvgPool: `${sides}, stride ${s}`,
        Linear: `${n} → ${u}`,
      };
      return [types[key] ?? key, details[key] ?? (style.language === "latex" ? "--" : "—")];
    }
    default: {
      const words: Record<string, string> = {
        Conv: `conv${nth + 1}`,
        MaxPool: `pool${nth + 1}`,
        AvgPool: `avgpool${nth + 1}`,
        Linear: `fc${nth + 1}`,
        BatchNorm: `bn${nth + 1}`,
        GlobalAvgPool: "gap",
      };
      return [words[key] ?? key.toLowerCase(), ""];
    }
  }
}

const HEADERS = {
  name: ["Layer", "Layer (type)", "Layer Name", "Capa", "层"],
  output: ["Output Shape", "Activation shape", "Output", "Shape", "输出尺寸", "Output size"],
  input: ["Input Shape", "Input", "输入尺寸"],
  size: ["Activation size", "# Activations", "Activation Size"],
  params: ["Param #", "Parameters", "# Params", "参数量", "Params"],
} as const;

/** A count a little or much wrong, never the same. */
function wrongCount(n: number, random: Random): number {
  const options = [n + 1, n - 1, n + 10, n * 2, Math.round(n * 0.9), n + Math.floor(random() * 50) + 2].filter(
    (m) => m !== n && m > 0,
  );
  return pick(random, options);
}

function wrongShape(sizes: readonly number[], random: Random): readonly number[] {
  const at = Math.floor(random() * sizes.length);
  const shift = pick(random, [1, -1, 2, 3]);
  return sizes.map((s, i) => (i === at ? (Math.max(1, s + shift) === s ? s + 1 : Math.max(1, s + shift)) : s));
}

/** Renders a stack as a table in a random style, with each cell's place and a wrong version of it. */
export function renderTable(stack: Stack, random: Random): Rendered {
  const style = styleFor(random, stack);
  const sized = (channelsFirst: readonly number[]): string => style.shape(ordered(channelsFirst));
  const ordered = (s: readonly number[]): readonly number[] =>
    style.order === "first" || s.length === 1 ? s : [...s.slice(1), s[0] ?? 0];
  let text = style.language === "latex" ? "\\begin{table}\n\\caption{A network}\n" : "# A network\n\n";
  const cells: RenderedCell[] = [];
  const isLatex = style.language === "latex";
  const columns = [
    "name",
    ...(style.names === "columns" ? ["details"] : []),
    ...(style.input ? ["input"] : []),
    ...(style.output ? ["output"] : []),
    ...(style.size ? ["size"] : []),
    ...(style.params ? ["params"] : []),
  ];
  const header = columns.map((c) =>
    c === "details" ? "Details" : pick(random, HEADERS[c as keyof typeof HEADERS]).replace("#", isLatex ? "\\#" : "#"),
  );
  if (isLatex) text += `\\begin{tabular}{${"l".repeat(columns.length)}}\n\\hline\n${header.join(" & ")} \\\\ \\hline\n`;
  else text += `| ${header.join(" | ")} |\n|${columns.map(() => "---").join("|")}|\n`;
  type Value = { readonly text: string; readonly wrong?: string; readonly what?: string };
  const row = (values: readonly Value[]): void => {
    text += isLatex ? "" : "| ";
    for (const [i, v] of values.entries()) {
      if (i > 0) text += isLatex ? " & " : " | ";
      const marked = style.wrap(v.text);
      const from = text.length + marked.indexOf(v.text);
      text += marked;
      if (v.wrong !== undefined)
        cells.push({ from, to: from + v.text.length, text: v.text, wrong: v.wrong, what: v.what ?? "" });
    }
    text += isLatex ? " \\\\\n" : " |\n";
  };
  const dash: Value = { text: isLatex ? "--" : "-" };
  const value = (column: string, l: StackLayer, before: readonly number[], params: number): Value => {
    if (column === "output")
      return { text: sized(l.output), wrong: sized([...wrongShape(l.output, random)]), what: `${l.layer} output` };
    if (column === "input") return { text: sized(before) };
    const n = column === "size" ? l.output.reduce((a, b) => a * b, 1) : params;
    if (column === "params" && style.formulas && keyOf(l) === "Conv") {
      const { kernel_size: k, in_channels: c, out_channels: f } = l.args;
      return {
        text: `(${k}*${k}*${c}+1)*${f}`,
        wrong: `(${k}*${k}*${c}+1)*${(f ?? 0) + 1}`,
        what: `${l.layer} params`,
      };
    }
    return {
      text: style.count(n),
      ...(n > 0 ? { wrong: style.count(wrongCount(n, random)), what: `${l.layer} ${column}` } : {}),
    };
  };
  const inputRow = columns.map(
    (c): Value =>
      c === "name"
        ? { text: "Input" }
        : c === "output"
          ? { text: sized(stack.input) }
          : c === "size"
            ? { text: style.count(stack.input.reduce((a, b) => a * b, 1)) }
            : c === "params"
              ? { text: "0" }
              : dash,
  );
  row(inputRow);
  const seen = new Map<string, number>();
  let before = stack.input;
  let total = 0;
  for (const [i, l] of stack.layers.entries()) {
    if ((style.skipKeep && isKeep(l)) || (style.skipFlatten && l.layer === "Flatten")) continue;
    const nth = seen.get(keyOf(l)) ?? 0;
    seen.set(keyOf(l), nth + 1);
    const params = l.layer.startsWith("BatchNorm") ? (l.params / 2) * style.norm : l.params;
    total += params;
    const [name, details] = nameOf(l, style, i, nth, stack.axes);
    row(
      columns.map((c) =>
        c === "name" ? { text: name } : c === "details" ? { text: details } : value(c, l, before, params),
      ),
    );
    before = l.output;
  }
  if (style.total === "row" && style.params)
    row(
      columns.map((c) =>
        c === "name"
          ? { text: "Total" }
          : c === "params"
            ? { text: style.count(total), wrong: style.count(wrongCount(total, random)), what: "total" }
            : { text: "" },
      ),
    );
  text += isLatex ? "\\hline\n\\end{tabular}\n\\end{table}\n" : "\n";
  return {
    text,
    language: style.language,
    cells,
    style: `${style.language} ${style.names} ${style.order} ${columns.join(",")}`,
  };
}
