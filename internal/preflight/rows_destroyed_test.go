package preflight

import "foia/internal/letter"

// during is an item with its period, in a letter that says nothing of another.
func during(text, from, to string) letter.Answers {
	item := map[string]any{"text": text}
	if from != "" {
		item["date_from"] = from
	}
	if to != "" {
		item["date_to"] = to
	}
	return letter.Answers{"records": []any{item}, "date_from": nil, "date_to": nil}
}

// destroyedRows are those of the clock of destruction. The letters are of November 23, 2026. The periods are those of
// internal/retention/data: GRS 5.6.090 is kept 30 days, 5.6.111 two years, 6.1.011 seven years, all from creation; 5.6.021
// six months after final action; Gov. Code 34090.6 100 days after the recording.
var destroyedRows = []row{
	{"F31", "visitor logs of 2021", Advice, scene{to: "epa",
		answers: during("The visitor logs of the headquarters", "2021-01-01", "2021-12-31")}},
	{"F31", "visitor logs of this year", "", scene{to: "epa",
		answers: during("The visitor logs of the headquarters", "2026-01-01", "2026-06-30")}},
	{"F31", "visitor logs of three years", Advice, scene{to: "epa",
		answers: during("The visitor logs of the headquarters", "2023-11-01", "2026-06-30")}},
	{"F31", "video, six days left", Advice, scene{to: "epa",
		answers: during("Security camera footage of the lobby", "2026-10-30", "2026-10-30")}},
	{"F31", "video, the oldest gone", Advice, scene{to: "epa",
		answers: during("Security camera footage of the lobby", "2026-10-01", "2026-11-10")}},
	{"F31", "video of a day that the text names", Advice, scene{to: "epa",
		answers: during("Security camera footage of the lobby on November 5, 2026", "", "")}},
	{"F31", "e-mail of 2016, where an NA-1005 was approved", Advice, scene{to: "epa",
		answers: during("E-mail messages of Jane Roe", "2016-01-01", "2016-12-31")}},
	{"F31", "badges, from a day that nobody knows", Advice, scene{to: "epa",
		answers: during("Badge logs of Jane Roe", "2025-01-01", "2025-12-31")}},
	{"F31", "a period backwards", "", scene{to: "epa",
		answers: during("The visitor logs of the headquarters", "2021-12-31", "2021-01-01")}},
	{"F31", "no period", "", scene{to: "epa",
		answers: during("The visitor logs of the headquarters", "", "")}},
	{"F31", "mission records", "", scene{to: "epa",
		answers: during("Records of enforcement against coal plants", "2010-01-01", "2012-12-31")}},
	{"F31", "a prison's visitors", "", scene{to: "doj-bop",
		answers: during("The visitor logs of the institution", "2021-01-01", "2021-12-31")}},
	{"F31", "911 calls in California", Advice, scene{law: "us-ca",
		answers: during("Audio of 911 calls about the fire", "2026-07-04", "2026-07-04")}},
	{"F31", "the same in Georgia, of which no schedule was read", "", scene{law: "us-ga",
		answers: during("Audio of 911 calls about the fire", "2026-07-04",
			"2026-07-04")}},
	{"F31", "visitor logs in California: NARA's schedule is for federal agencies", "", scene{law: "us-ca",
		answers: during("The visitor logs of the jail",
			"2021-01-01", "2021-12-31")}},
	{"F31", "a letter that was written elsewhere", Advice, scene{to: "epa", text: same,

		answers: during("The visitor logs of the headquarters", "2021-01-01", "2021-12-31")}},
}
