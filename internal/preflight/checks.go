package preflight

// check looks for the faults of one rule in a letter.
type check func(*reading, *rule) []hit

// checks are the functions of the rules, by id. rules.yaml says what they mean.
var checks = map[string]check{
	"A01": factsOfAppeal, "A02": interestOfAppeal,
	"C01": channelTaken, "C02": directoryRecord,
	"C03": wayRefused, "C04": formRequired, "C05": whoMayAsk, "C06": oneReceipt, "C07": namePublished,
	"F01": namesAct, "F02": signedByPerson, "F03": returnAddress, "F04": feePosition, "F05": categoryAttested,
	"F06": copiesOrInspection, "F07": taxpayerInformation, "F08": itemWithoutSubject, "F09": period,
	"F10": futureRecords, "F11": whereToLook, "F12": searchTerms, "F13": question, "F14": creation,
	"F15": certificate, "F16": expeditionFacts, "F17": mediaInterest, "F18": waiverFactors, "F19": mediaFacts,
	"F20": commercialUse, "F21": componentsListed, "F22": twoDepartments, "F23": thirdParty, "F24": ownRecords,
	"F25": format, "F26": withholding, "F27": lawsuitNamed, "F28": alreadyPublic, "F29": nearIdentical,
	"F30": slips, "F31": destroyed,
	"S01": mayAsk, "S02": elsewhere, "S03": lookUp, "S04": commercialSaid, "S05": otherLanguage, "S06": mayAlsoAsk,
	"S07": demanded, "S08": demandedWay, "S09": writtenForm, "S10": copiesThere, "S11": groundsAnswered, "W01": formRequires,
	"W02": formAsks, "X01": expeditionAddress,
}
