package pdf

import (
	"strings"

	"foia/internal/letter"
)

// producer is what the file says made it.
const producer = "foia"

// xmlEscaped is a text in XML.
var xmlEscaped = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// xmp describes the file in XML: the same as its Info dictionary (ISO 19005-1,
// 6.7.3), that it is archival and tagged (6.7.11), and that it can be read by
// those who do not see it (ISO 14289-1, 5); the last with the description of its
// schema, which PDF/A-1 does not know (6.7.8).
func xmp(o *objects, m letter.Meta) {
	element := func(before, s, after string) {
		if s == "" {
			return
		}
		o.raw(before)
		if _, err := xmlEscaped.WriteString(o, s); err != nil {
			panic(err) // it appends to a slice
		}
		o.raw(after)
	}
	day := m.Date.String() + "T00:00:00Z"
	o.raw("<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" +
		`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` + "\n" +
		`<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">` +
		`<pdfaid:part>1</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance></rdf:Description>` + "\n" +
		`<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>` +
		"\n" +
		`<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:format>application/pdf</dc:format>` + "\n")
	element(`<dc:title><rdf:Alt><rdf:li xml:lang="x-default">`, m.Title, "</rdf:li></rdf:Alt></dc:title>\n")
	element(`<dc:creator><rdf:Seq><rdf:li>`, m.Author, "</rdf:li></rdf:Seq></dc:creator>\n")
	element(`<dc:description><rdf:Alt><rdf:li xml:lang="x-default">`, m.Subject, "</rdf:li></rdf:Alt></dc:description>\n")
	element(`<dc:language><rdf:Bag><rdf:li>`, language(m), "</rdf:li></rdf:Bag></dc:language>\n")
	o.raw(`</rdf:Description><rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">`)
	element("<xmp:CreatorTool>", producer, "</xmp:CreatorTool>")
	for _, what := range []string{"CreateDate", "ModifyDate", "MetadataDate"} {
		element("<xmp:"+what+">", day, "</xmp:"+what+">")
	}
	o.raw("</rdf:Description>\n" + `<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">`)
	element("<pdf:Keywords>", strings.Join(m.Keywords, ", "), "</pdf:Keywords>")
	element("<pdf:Producer>", producer, "</pdf:Producer>")
	o.raw("</rdf:Description>\n" + schemas + "</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>")
}

const schemas = `<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" ` +
	`xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">` +
	`<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>` +
	`<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>` +
	`<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">` +
	`<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>` +
	`<pdfaProperty:category>internal</pdfaProperty:category>` +
	`<pdfaProperty:description>Indicates which part of ISO 14289 the file follows</pdfaProperty:description>` +
	`</rdf:li></rdf:Seq></pdfaSchema:property>` +
	`</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>` + "\n"

// language is that of the letter.
func language(m letter.Meta) string {
	if m.Language == "" {
		return "en-US"
	}
	return m.Language
}

// info is the Info dictionary.
func info(o *objects, m letter.Meta) {
	entry := func(key, s string) {
		if s != "" {
			o.raw(key)
			o.text(s)
		}
	}
	day := "D:" + strings.ReplaceAll(m.Date.String(), "-", "") + "000000Z"
	o.raw("<<")
	entry("/Title", m.Title)
	entry("/Author", m.Author)
	entry("/Subject", m.Subject)
	entry("/Keywords", strings.Join(m.Keywords, ", "))
	entry("/Creator", producer)
	entry("/Producer", producer)
	entry("/CreationDate", day)
	entry("/ModDate", day)
	o.raw(">>")
}
