package correspondence

import "maps"

// claims says of every claim that a letter may make whether it is so on the day of the
// view, and what it may print. matter is what an appeal letter is against; empty for
// other letters. The names and what they mean are those of templates/claims.yaml.
func claims(v view, matter string) map[string]truth {
	out := make(map[string]truth, 80)
	for _, part := range []map[string]truth{v.claimsOfReceipt(), v.claimsOfTime(), v.claimsOfExtensions(), v.claimsOfQuestions(),
		v.claimsOfFees(), v.claimsOfDecisions(), v.claimsOfAppealed(matter), v.claimsOfAppeals(), noneOfReviews()} {
		maps.Copy(out, part)
	}
	noMatter := func(why string, names ...string) {
		for _, name := range names {
			out[name] = no().orEither(why, out[name].values...)
		}
	}
	if v.over() {
		noMatter("nobody waits for this office any more", "estimate-passed")
	}
	if v.endedByRequester() {
		noMatter("nobody waits any more", "appeal-late", "remanded", "reversed")
	}
	if v.reachedOut("") != isSo {
		noMatter("the log does not say that the request was sent", "expedition-late")
	}
	return out
}

// ofReviews are the claims about what the laws of states and countries offer and ask: none
// of them is so under the federal Act.
var ofReviews = []string{"review", "reviewed-before", "official-form", "deemed-denied", "question-in-time", "fees-in-time",
	"charges-complained", "ruling-requested", "courts",
	"notice-of-law", "notice-sent", "comments"}

func noneOfReviews() map[string]truth {
	out := map[string]truth{}
	for _, name := range ofReviews {
		out[name] = no()
	}
	return out
}
