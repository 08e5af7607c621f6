import { useElementSize } from "@mantine/hooks";
import {
  CartesianGrid,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  usePlotArea,
  useYAxisScale,
  XAxis,
  YAxis,
  type DotItemDotProps,
  type TooltipContentProps,
} from "recharts";
import css from "./Analytics.module.css";
import type { Series } from "./figures";
import { formatFigure, formatShort, formatUtcDay } from "./numbers";
import { spread } from "./spread";

interface Props {
  caption: string;
  days: string[];
  series: Series[];
  fromZero: boolean;
}

// Told apart by colour (Analytics.module.css), by dash, and by the name at the end.
const kDashes = ["", "7 4", "2 4", "10 4 2 4", "4 3", "14 4"];
const kColours = kDashes.map((_, at) => `var(--line-${at + 1})`);
const kLabelGap = 17;

export default function Lines({ caption, days, series, fromZero }: Props) {
  const { ref, width } = useElementSize();
  const narrow = width < 480;
  const dots = width / days.length > 14; // Closer together they hide the dashes.
  const data = days.map((day, at) => ({ day, values: series.map(({ values }) => values[at]) }));
  return (
    <div className={css.lines} ref={ref}>
      <ResponsiveContainer width="100%" height={280}>
        <LineChart
          aria-label={`${caption} by day; arrow keys go from day to day`}
          data={data}
          margin={{ top: 10, right: narrow ? 94 : 128, bottom: 0, left: 0 }}
        >
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis dataKey="day" tickFormatter={formatUtcDay} minTickGap={34} tickLine={false} />
          <YAxis
            width={44}
            tickFormatter={formatShort}
            allowDecimals={false}
            axisLine={false}
            tickLine={false}
            domain={[fromZero ? 0 : "auto", "auto"]}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: "var(--line-strong)" }}
            content={(shown) => <Day {...shown} series={series} />}
          />
          {series.map(({ id, label, values }, at) => (
            <Line
              key={id}
              name={label}
              dataKey={(one: (typeof data)[number]) => one.values[at]}
              stroke={kColours[at]}
              strokeWidth={2}
              strokeDasharray={kDashes[at]}
              isAnimationActive={false}
              dot={(dot) => <Dot key={dot.index} {...dot} line={values} always={dots} />}
            />
          ))}
          <EndLabels series={series} longest={narrow ? 11 : 18} />
        </LineChart>
      </ResponsiveContainer>
    </div>
  );
}

/** A day between two that were not read has no line to stand on. */
function Dot(dot: DotItemDotProps & { line: Series["values"]; always: boolean }) {
  const { cx, cy, index, stroke, line, always } = dot;
  if (cx == null || cy == null || line[index] == null) return null;
  const alone = line[index - 1] == null && line[index + 1] == null;
  if (!alone && !always) return null;
  return <circle cx={cx} cy={cy} r={alone ? 3.5 : 2.5} fill={stroke} />;
}

/** Each line's name beside its last point. */
function EndLabels({ series, longest }: { series: Series[]; longest: number }) {
  const scale = useYAxisScale();
  const area = usePlotArea();
  if (!scale || !area) return null;
  const ends = series.map(({ values }) => scale(values.findLast((value) => value !== null)) ?? 0);
  const heights = spread(ends, kLabelGap, area.y + 4, area.y + area.height);
  return series.map(({ id, label }, at) => (
    <text key={id} x={area.x + area.width + 9} y={heights[at]} dy="0.35em" fill={kColours[at]}>
      {label.length > longest ? `${label.slice(0, longest - 1).trimEnd()}…` : label}
    </text>
  ));
}

function Day({ active, label, series, payload }: TooltipContentProps & { series: Series[] }) {
  const values = (payload[0]?.payload as { values?: (number | null)[] } | undefined)?.values;
  if (!active || !values) return null;
  const read = series
    .map((one, at) => ({ ...one, value: values[at] ?? null, colour: kColours[at] }))
    .filter(({ value }) => value !== null)
    .sort((a, b) => b.value! - a.value!);
  return (
    <div className={css.day}>
      <b>{formatUtcDay(String(label))}</b>
      {read.map(({ id, label: name, value, colour }) => (
        <div key={id}>
          <i style={{ background: colour }} />
          <span>{name}</span>
          <span className={css.value}>{formatFigure(value!)}</span>
        </div>
      ))}
    </div>
  );
}
