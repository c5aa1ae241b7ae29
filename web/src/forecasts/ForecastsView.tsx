import { countOf, shareInWords } from "../../../src/base/words.ts";
import { Table } from "../../../src/report/shared/Table.tsx";
import type { QuestionCard, ReportCard } from "../../../src/workspace/reportCard.ts";
import {
  judgedInWords,
  likelyInWords,
  QUESTIONS,
  rangeInWords,
} from "../../../src/workspace/reportCardWords.ts";
import { useAsk } from "../api.ts";
import { wholeCount } from "../format.ts";
import { Link } from "../parts/Header.tsx";
import { Section } from "../parts/Section.tsx";
import { Empty, Failed, Loading } from "../parts/States.tsx";
import { placeAddress } from "../route.ts";
import "./forecasts.css";
import { StepBars } from "./StepBars.tsx";

/** How forecasts did, question by question, the models side by side. */
export function ForecastsView() {
  const { answer, error, again } = useAsk<readonly ReportCard[]>("/v1/workspace/forecasts");
  if (error !== null)
    return <Failed title="The forecasts cannot be shown" words={error.message} again={again} />;
  if (answer === null) return <Loading what="the forecasts" />;
  const cards = answer.filter(({ questions }) => questions.length > 0);
  const judged = cards.some(({ questions }) => questions.some((question) => question.judged > 0));
  if (cards.length === 0) return <NothingForecast />;
  const questions = (Object.keys(QUESTIONS) as QuestionCard["question"][]).filter((name) =>
    cards.some((card) => questionOf(card, name) !== undefined),
  );
  return (
    <div className="view forecasts">
      <h1 className="page-title">Did they do what was forecast?</h1>
      <p className="lede">
        Whoever you add is forecast. When a later file shows the same people, what was forecast is held to
        what they did: {cards.map(aheadInWords).join("; ")}.
      </p>
      {!judged && <NotYet />}
      <div className={cards.length === 1 ? "one" : undefined}>
        {questions.map((name) => (
          <Section key={name} id={name} title={QUESTIONS[name][0]}>
            <div className="cards">
              {cards.map((card) => {
                const question = questionOf(card, name);
                return (
                  question !== undefined && (
                    <Card key={card.model} card={card} question={question} alone={cards.length === 1} />
                  )
                );
              })}
            </div>
          </Section>
        ))}
      </div>
    </div>
  );
}

const questionOf = (card: ReportCard, name: QuestionCard["question"]) =>
  card.questions.find(({ question }) => question === name);

const modelName = ({ shipped, model }: ReportCard) =>
  shipped ? "The model that ships" : `Your model ${model.slice(0, 8)}`;

const aheadInWords = (card: ReportCard) =>
  `${modelName(card).replace(/^The/, "the").replace(/^Your/, "your")} looks ${countOf(card.horizon, "day")} ahead`;

function Card({ card, question, alone }: { card: ReportCard; question: QuestionCard; alone: boolean }) {
  const { held, others } = judgedInWords(question);
  const likely = likelyInWords(question);
  return (
    <article className="card">
      {!alone && <h3>{modelName(card)}</h3>}
      {likely !== null && <p className="likely">{likely.replaceAll(" %", "\u00a0%")}</p>}
      {question.groups.length > 0 && (
        <>
          <StepBars groups={question.groups} did={QUESTIONS[question.question][1]} />
          <details>
            <summary>In numbers</summary>
            <Steps question={question} />
          </details>
        </>
      )}
      <div className="held">
        <p>{held}</p>
        {others.length > 0 && (
          <ul>
            {others.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
      </div>
    </article>
  );
}

function Steps({ question: { question, groups } }: { question: QuestionCard }) {
  const did = QUESTIONS[question][1];
  return (
    <Table
      caption={`How many of each step ${did}`}
      columns={["forecast", "how many", did, "share", "19 times in 20 within"]}
      rows={groups.map(({ from, to, forecasts, came_true, share, low, high }) => ({
        key: String(from),
        cells: [
          rangeInWords({ low: from, high: to }),
          wholeCount(forecasts),
          wholeCount(came_true),
          shareInWords(share),
          rangeInWords({ low, high }),
        ],
      }))}
    />
  );
}

function NothingForecast() {
  return (
    <div className="view forecasts">
      <h1 className="page-title">Did they do what was forecast?</h1>
      <Empty
        title="Nothing is forecast yet"
        words="Add a file: what its people will do is forecast at once. Add a file of the same people that was read a month later, and this page tells how many of them did."
      >
        <ToFiles />
      </Empty>
    </div>
  );
}

function NotYet() {
  return (
    <div className="not-yet">
      <p>
        <strong>Nothing can be told yet.</strong> Add a file of the same people read a month later: a new
        export from where this one came from will do.
      </p>
      <ToFiles />
    </div>
  );
}

function ToFiles() {
  return (
    <Link to={placeAddress("files")} className="btn primary">
      Add a file
    </Link>
  );
}
