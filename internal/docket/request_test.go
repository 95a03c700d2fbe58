package docket

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"reflect"
	"testing"

	"foia/internal/law"
	"foia/internal/workday"
)

func aRequest() Request {
	return Request{ID: "2026-0007", Subject: "records on § 6103", Created: workday.MustDate("2026-11-23"), Law: "us-federal",
		Office: json.RawMessage(`{"id": "treasury-irs"}`), OfficeID: "treasury-irs", Agency: "Department of the Treasury",
		Component: "Internal Revenue Service", Via: "portal", Requester: json.RawMessage(`{"name":"Zoë"}`), Template: "request",
		TemplateSHA256: "aa", Answers: json.RawMessage(`{"b":1,"a":2}`), Folder: "requests/2026-0007-irs",
		Documents: []Document{{Name: "letter.pdf", SHA256: "bb", Size: 3}}, Facts: map[string]string{"z": "1", "a": "2"}, Fingerprint: "cc"}
}

// The bytes that are hashed must stay as they are: every log that was ever
// written depends on them.
func TestRequestDigestBytes(t *testing.T) {
	const text = `{"id":"2026-0007","subject":"records on § 6103","created":"2026-11-23","law":"us-federal",` +
		`"office":{"id":"treasury-irs"},` +
		`"office_id":"treasury-irs","agency":"Department of the Treasury","component":"Internal Revenue Service","via":"portal",` +
		`"requester":{"name":"Zoë"},"template":"request","template_sha256":"aa","answers":{"b":1,"a":2},` +
		`"folder":"requests/2026-0007-irs",` +
		`"documents":[{"name":"letter.pdf","sha256":"bb","size":3}],"facts":{"a":"2","z":"1"},"fingerprint":"cc"}`
	sum := sha256.Sum256([]byte(text))
	got, err := aRequest().Digest()
	if err != nil || got != hex.EncodeToString(sum[:]) {
		t.Errorf("got %s, %v", got, err)
	}
}

// Each field of a request, also one added later, must be under the digest.
func TestRequestDigestCoversEverything(t *testing.T) {
	whole, err := aRequest().Digest()
	if err != nil {
		t.Fatal(err)
	}
	fields := reflect.TypeFor[Request]()
	for i := range fields.NumField() {
		r := aRequest()
		field := reflect.ValueOf(&r).Elem().Field(i)
		switch {
		case field.Kind() == reflect.Bool:
			field.SetBool(true)
		case field.Kind() == reflect.Pointer:
			field.Set(reflect.New(field.Type().Elem()))
		case field.Kind() == reflect.Slice && field.IsZero():
			field.Set(reflect.MakeSlice(field.Type(), 1, 1))
		case field.IsZero():
			field.SetString("now it has one")
		default:
			field.SetZero()
		}
		if got, err := r.Digest(); err != nil || got == whole {
			t.Errorf("%s: the digest does not change: %v", fields.Field(i).Name, err)
		}
	}
}

func TestDigestOfBrokenJSON(t *testing.T) {
	r := aRequest()
	r.Answers = json.RawMessage(`{"a":`)
	if sum, err := r.Digest(); err == nil || sum != "" {
		t.Errorf("got %q, %v", sum, err)
	}
}

func TestDocument(t *testing.T) {
	if d, ok := aRequest().Document("letter.pdf"); !ok || d.Size != 3 {
		t.Errorf("got %+v, %v", d, ok)
	}
	if d, ok := aRequest().Document("letter.md"); ok {
		t.Errorf("got %+v", d)
	}
}

func TestOfficeName(t *testing.T) {
	for _, x := range []struct{ agency, component, want string }{
		{"Department of the Treasury", "Internal Revenue Service", "Internal Revenue Service"},
		{"Peace Corps", "", "Peace Corps"},
	} {
		if got := (Request{Agency: x.agency, Component: x.component}).OfficeName(); got != x.want {
			t.Errorf("%q, want %q", got, x.want)
		}
		if got := (Row{Agency: x.agency, Component: x.component}).OfficeName(); got != x.want {
			t.Errorf("row: %q, want %q", got, x.want)
		}
	}
}

// A request of an old log names no law: it is the federal one.
func TestUnderLaw(t *testing.T) {
	for name, want := range map[string]string{"": law.Federal, law.Federal: law.Federal, "us-tx": "us-tx"} {
		r := Request{Law: name}
		if got := r.UnderLaw(); got != want || federal(r) != (want == law.Federal) {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}
