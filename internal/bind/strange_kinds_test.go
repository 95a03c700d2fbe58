package bind

import (
	"bytes"
	"encoding/ascii85"
	"encoding/hex"
	"fmt"
	"image"
	"image/jpeg"
	"strings"
	"testing"
)

// lacking are PDFs that refer to an object that is not there: %[1]d is its number, MISS a reference.
var lacking = []struct{ name, catalog, page, resources, more, added, why string }{
	{name: "content", page: "/Contents MISS"},
	{name: "a part of the content", page: "/Contents[4 0 R MISS]"},
	{name: "resources", page: "/Resources MISS"},
	{name: "font", resources: "/Font<</F 5 0 R/G MISS>>", more: "BT /G 9 Tf (x) Tj ET"},
	{name: "all fonts", resources: "/Font MISS"},
	{name: "drawing", resources: "/XObject<</X MISS>>", more: "/X Do"},
	{name: "all drawings", resources: "/XObject MISS", more: "/X Do"},
	{name: "state", resources: "/ExtGState<</G MISS>>", more: "/G gs"},
	{name: "color space", resources: "/ColorSpace<</C MISS>>", more: "/C cs 1 sc"},
	{name: "profile", resources: "/ColorSpace<</C[/ICCBased MISS]>>", more: "/C cs 1 1 1 sc"},
	{name: "pattern", resources: "/Pattern<</P MISS>>", more: "/Pattern cs /P scn 0 0 9 9 re f"},
	{name: "shading", resources: "/Shading<</S MISS>>", more: "/S sh"},
	{name: "properties", resources: "/Properties<</M MISS>>", more: "/OC /M BDC EMC"},
	{name: "annotation", page: "/Annots[MISS]"},
	{name: "all annotations", page: "/Annots MISS"},
	{name: "look of an annotation", page: "/Annots[6 0 R]", added: "<</Type/Annot/Subtype/Square/Rect[9 9 99 99]/AP<</N MISS>>>>"},
	{name: "looks of an annotation", page: "/Annots[6 0 R]", added: "<</Type/Annot/Subtype/Square/Rect[9 9 99 99]/AP MISS>>"},
	{name: "pop-up", page: "/Annots[6 0 R]", added: "<</Type/Annot/Subtype/Text/Rect[9 9 99 99]/Popup MISS/Contents(x)>>"},
	{name: "place that a link goes to", page: "/Annots[6 0 R]", added: "<</Type/Annot/Subtype/Link/Rect[9 9 99 99]/Dest[MISS/Fit]>>"},
	{name: "what a link does", page: "/Annots[6 0 R]", added: "<</Type/Annot/Subtype/Link/Rect[9 9 99 99]/A MISS>>"},
	{name: "size", page: "/MediaBox MISS"},
	{name: "crop", page: "/CropBox MISS"},
	{name: "a side of the size", page: "/MediaBox[0 0 MISS 792]"},
	{name: "rotation", page: "/Rotate MISS"},
	{name: "group", page: "/Group MISS"},
	{name: "unit", page: "/UserUnit MISS"},
	{name: "thumbnail", page: "/Thumb MISS"},
	{name: "description of a font", resources: "/Font<</F 5 0 R/G 6 0 R>>", more: "BT /G 9 Tf (x) Tj ET",
		added: "<</Type/Font/Subtype/TrueType/BaseFont/A/FirstChar 32/LastChar 33/Widths[1 2]/FontDescriptor MISS>>"},
	{name: "file of a font", resources: "/Font<</F 5 0 R/G 6 0 R>>", more: "BT /G 9 Tf (x) Tj ET",
		added: "<</Type/Font/Subtype/TrueType/BaseFont/A/FirstChar 32/LastChar 33/Widths[1 " +
			"2]/FontDescriptor<</Type/FontDescriptor/FontName/A/Flags 32/FontFile2 MISS>>>>"},
	{name: "widths", resources: "/Font<</F 5 0 R/G 6 0 R>>",
		added: "<</Type/Font/Subtype/Type1/BaseFont/A/FirstChar 32/LastChar 33/Widths MISS/ToUnicode MISS/Encoding MISS>>"},
	{name: "descendant", resources: "/Font<</F 5 0 R/G 6 0 R>>",
		added: "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[MISS]>>"},
	{name: "mask of a picture", resources: "/XObject<</X 6 0 R>>", more: "/X Do",
		added: stream("/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/SMask MISS", "x")},
	{name: "color space of a picture", resources: "/XObject<</X 6 0 R>>", more: "/X Do",
		added: stream("/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace MISS", "x")},
	{name: "resources of a drawing", resources: "/XObject<</X 6 0 R>>", more: "/X Do",
		added: stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources MISS", "q Q")},
	{name: "function", resources: "/Shading<</S<</ShadingType 2/ColorSpace/DeviceGray/Coords[0 0 9 9]/Function MISS>>>>", more: "/S sh"},
	{name: "how a stream is packed", resources: "/XObject<</X 6 0 R>>", more: "/X Do",
		added: stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/DecodeParms MISS", "q Q")},
	{name: "outline", catalog: "/Outlines MISS"},
	{name: "names", catalog: "/Names MISS/Dests MISS"},
	{name: "form", catalog: "/AcroForm MISS"},
	{name: "fields", catalog: "/AcroForm<</Fields[MISS]>>"},
	{name: "layers", catalog: "/OCProperties MISS"},
	{name: "layers that are hidden", catalog: "/OCProperties<</OCGs[MISS]/D<</OFF[MISS]>>>>"},
	{name: "structure", catalog: "/StructTreeRoot MISS/Metadata MISS/PageLabels MISS"},
	{name: "action", catalog: "/OpenAction MISS"},
}

// lackingPDFs are those of lacking, with an object that is beyond the end, free, or nowhere.
func lackingPDFs(next func() string) []strange {
	var out []strange
	for _, l := range lacking {
		for way, text := range []string{"", freed, nowhere} {
			objects := []string{}
			if l.added != "" {
				objects = append(objects, l.added)
			}
			number := 40 + len(out)%60 // other parts have that many objects
			if way > 0 {
				objects = append(objects, text)
				number = 5 + len(objects)
			}
			fill := func(s string) string { return strings.ReplaceAll(s, "MISS", fmt.Sprintf("%d 0 R", number)) }
			for i := range objects {
				objects[i] = fill(objects[i])
			}
			raw := plainPage(next(), fill(l.catalog), "", fill(l.resources), l.more, objects...)
			if l.page != "" { // it takes the place of what is there
				key := l.page[:strings.IndexAny(l.page[1:], "/[ ")+1]
				raw = plainPage(next(), fill(l.catalog), "/Strange true"+fill(l.page), fill(l.resources), l.more, objects...)
				if bytes.Count(raw, []byte(key)) > 1 {
					raw = bytes.Replace(raw, []byte(key), []byte("/X"+key[2:]), 1) // as long, so that the table stays right
				}
			}
			out = append(out, strange{name: fmt.Sprintf("lacks its %s, %s", l.name, []string{"beyond the end", "free", "nowhere"}[way]),
				raw: raw, why: l.why})
		}
	}
	return out
}

// oddTrees are PDFs whose page tree is odd.
func oddTrees(next func() string) []strange {
	page := "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
	catalog := "<</Type/Catalog/Pages 2 0 R>>"
	tree := func(tree, page string, more ...string) []byte {
		return strangeOf(next(), append([]string{catalog, tree, page, says(""), helvetica}, more...)...)
	}
	inherited := "/MediaBox[0 0 612 792]/CropBox[50 600 400 750]/Rotate 90/Resources<</Font<</F 5 0 R>>>>"
	return []strange{
		{name: "a page that is lost", raw: tree("<</Type/Pages/Kids[3 0 R 44 0 R]/Count 2>>", page), why: "a page of it cannot be read"},
		{name: "a page that is null", raw: tree("<</Type/Pages/Kids[3 0 R null]/Count 2>>", page), why: "a page of it cannot be read"},
		{name: "a page that is free", raw: tree("<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2>>", page, freed),
			why: "a page of it cannot be read"},
		{name: "a page that is a font", raw: tree("<</Type/Pages/Kids[3 0 R 5 0 R]/Count 2>>", page), why: "a page of it cannot be read"},
		{name: "a page that is a number", raw: tree("<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2>>", page, "7"),
			why: "a page of it cannot be read"},
		{name: "no tree", raw: strangeOf(next(), "<</Type/Catalog/Pages 44 0 R>>", "<<>>", page, says(""), helvetica),
			why: "a page of it cannot be read"},
		{name: "no catalog", raw: strangeOf(next(), freed, "<<>>", page, says(""), helvetica), why: "damaged"},
		{name: "no pages", raw: tree("<</Type/Pages/Kids[]/Count 0>>", page), why: "it has no pages"},
		{name: "no kids", raw: tree("<</Type/Pages/Count 0>>", page), why: "it has no pages"},
		{name: "a circle", raw: tree("<</Type/Pages/Kids[3 0 R 2 0 R]/Count 2>>", page), why: "circle"},
		{name: "a longer circle", raw: tree("<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2>>", page,
			"<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 1>>"), why: "circle"},
		{name: "parents in a circle", raw: tree("<</Type/Pages/Kids[3 0 R]/Count 1/Parent 3 0 R>>", page)},
		{name: "a page twice", raw: tree("<</Type/Pages/Kids[3 0 R 3 0 R]/Count 2>>", page)},
		{name: "a count that is too high", raw: tree("<</Type/Pages/Kids[3 0 R]/Count 2000000000>>", page)},
		{name: "a count that is negative", raw: tree("<</Type/Pages/Kids[3 0 R]/Count -1>>", page)},
		{name: "no count", raw: tree("<</Type/Pages/Kids[3 0 R]>>", page)},
		{name: "kinds that are not said", raw: tree("<</Kids[3 0 R]/Count 1>>", strings.Replace(page, "/Type/Page", "", 1))},
		{name: "a page within its tree", raw: tree("<</Type/Pages/Kids["+page+"]/Count 1>>", "null")},
		{name: "a parent that is lost", raw: tree("<</Type/Pages/Kids[3 0 R]/Count 1>>", strings.Replace(page, "2 0 R", "44 0 R", 1))},
		{name: "all inherited", raw: tree("<</Type/Pages/Kids[3 0 R]/Count 1"+inherited+">>",
			"<</Type/Page/Parent 2 0 R/Contents 4 0 R>>")},
		{name: "inherited from far above", raw: tree("<</Type/Pages/Kids[6 0 R]/Count 1"+inherited+">>", "<</Type/Page/Parent 7 0 "+
			"R/Contents 4 0 R>>",
			"<</Type/Pages/Parent 2 0 R/Kids[7 0 R]/Count 1>>", "<</Type/Pages/Parent 6 0 R/Kids[3 0 R]/Count 1>>")},
		{name: "rotated backwards", raw: tree("<</Type/Pages/Kids[3 0 R]/Count 1/Rotate -90>>", page)},
		{name: "rotated by a few degrees", raw: tree("<</Type/Pages/Kids[3 0 R]/Count 1/Rotate 13>>", page)},
		{name: "no size", raw: tree("<</Type/Pages/Kids[3 0 R]/Count 1>>", strings.Replace(page, "/MediaBox[0 0 612 792]", "", 1))},
		{name: "a size from corner to corner",
			raw: tree("<</Type/Pages/Kids[3 0 R]/Count 1>>", strings.Replace(page, "[0 0 612 792]", "[612 792 0 0]", 1))},
		{name: "a size without area", raw: tree("<</Type/Pages/Kids[3 0 R]/Count 1>>",
			strings.Replace(page, "[0 0 612 792]", "[0 0 0 0]", 1))},
		{name: "a size of words", raw: tree("<</Type/Pages/Kids[3 0 R]/Count 1>>",
			strings.Replace(page, "[0 0 612 792]", "[/a (b) 1 2]", 1))},
		{name: "a crop beyond the page",
			raw: tree("<</Type/Pages/Kids[3 0 R]/Count 1>>",
				strings.Replace(page, "/Contents", "/CropBox[-900 -900 2000 2000]/Contents", 1))},
		{name: "large units", raw: tree("<</Type/Pages/Kids[3 0 R]/Count 1>>",
			strings.Replace(page, "/Contents", "/UserUnit 4/Contents", 1))},
	}
}

// oddStreams are PDFs whose streams are odd.
func oddStreams(t *testing.T, next func() string) []strange {
	t.Helper()
	draw := func(object string) []byte { return plainPage(next(), "", "", "/XObject<</X 6 0 R>>", "/X Do", object) }
	form := "/Type/XObject/Subtype/Form/BBox[0 0 99 99]"
	content := func(object string) []byte {
		return strangeOf(next(), "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
			"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>", object, helvetica)
	}
	ops := []byte("0 0 9 9 re f q Q   ")
	var a85 bytes.Buffer
	w := ascii85.NewEncoder(&a85)
	if _, err := w.Write(ops); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	var photo bytes.Buffer
	if err := jpeg.Encode(&photo, image.NewRGBA(image.Rect(0, 0, 32, 32)), nil); err != nil {
		t.Fatal(err)
	}
	picture := "/Type/XObject/Subtype/Image/Width 32/Height 32/BitsPerComponent 8/ColorSpace/DeviceRGB"
	rows := packed(append([]byte{2}, ops...)) // one row, differing from the row above
	right := stream(form, "q Q")
	cut := packed(bytes.Repeat(ops, 99))
	return []strange{
		{name: "a length that is too short", raw: draw(strings.Replace(right, "/Length 3", "/Length 1", 1)), why: "?"},
		{name: "a length that is too long", raw: draw(strings.Replace(right, "/Length 3", "/Length 9", 1)), why: "?"},
		{name: "a length that is lost", raw: draw(strings.Replace(right, "/Length 3", "/Length 44 0 R", 1))},
		{name: "a length that is itself", raw: draw(strings.Replace(right, "/Length 3", "/Length 6 0 R", 1))},
		{name: "no length", raw: draw(strings.Replace(right, "/Length 3", "", 1))},
		{name: "rows that differ", raw: draw(stream(form+"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 19>>", rows))},
		{name: "rows that differ, as TIFF has it",
			raw: draw(stream(form+"/Filter/FlateDecode/DecodeParms<</Predictor 2/Columns 1>>", packed(ops)))},
		{name: "rows without shape", raw: draw(stream(form+"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 2000000000>>", rows)),
			why: "packed in a way"},
		{name: "hexadecimal", raw: draw(stream(form+"/Filter/ASCIIHexDecode", hex.EncodeToString(ops)+">"))},
		{name: "ASCII85", raw: draw(stream(form+"/Filter/ASCII85Decode", a85.String()+"~>"))},
		{name: "ASCII85 without end", raw: draw(stream(form+"/Filter/A85", a85.String())), why: "?"},
		{name: "run lengths", raw: draw(stream(form+"/Filter/RunLengthDecode", string(append([]byte{byte(len(ops) - 1)}, ops...))+"\x80"))},
		{name: "packed twice", raw: draw(stream(form+"/Filter[/FlateDecode/FlateDecode]", packed([]byte(packed(ops)))))},
		{name: "packed in many ways", raw: draw(stream(form+"/Filter[/AHx/Fl]", hex.EncodeToString([]byte(packed(ops)))+">"))},
		{name: "packed in an unknown way", raw: draw(stream(form+"/Filter/Brotli", "x")), why: "packed in a way"},
		{name: "packed and cut", raw: draw(stream(form+"/Filter/FlateDecode", cut[:len(cut)/2])), why: "cannot be unpacked"},
		{name: "packed, without its checksum", raw: draw(stream(form+"/Filter/FlateDecode", cut[:len(cut)-4]))},
		{name: "packed, and nothing there", raw: draw(stream(form+"/Filter/FlateDecode", ""))},
		{name: "in another file", raw: draw(stream(form+"/F(other.bin)/FFilter/FlateDecode", "q Q"))},
		{name: "a photo", raw: draw(stream(picture+"/Filter/DCTDecode", photo.String()))},
		{name: "a photo without its end", raw: draw(stream(picture+"/Filter/DCTDecode", photo.String()[:photo.Len()-2]))},
		{name: "a photo that is none", raw: draw(stream(picture+"/Filter/DCTDecode", "no photo")), why: "picture in it is damaged"},
		{name: "a photo without tables",
			raw: draw(stream(picture+"/Filter/DCTDecode", strings.ReplaceAll(photo.String(), "\xff\xdb", "\xff\xfe"))),
			why: "picture in it is damaged"},
		{name: "a picture within the content", raw: plainPage(next(), "", "", "", "BI /W 1 /H 1 /BPC 8 /CS /G ID x EI")},
		{name: "a picture without end", raw: plainPage(next(), "", "", "", "BI /W 1 /H 1 /BPC 8 /CS /G ID x"), why: "cannot be read"},
		{name: "content with a bracket too many", raw: plainPage(next(), "", "", "", "] 1 w"), why: "cannot be read"},
		{name: "content with an open string", raw: plainPage(next(), "", "", "", "(never closed"), why: "cannot be read"},
		{name: "content without operands", raw: plainPage(next(), "", "", "", "cm Tf re Q Q Q ET")},
		{name: "content with unknown words", raw: plainPage(next(), "", "", "", "hello world 1 2 3 zz")},
		{name: "content with odd numbers", raw: plainPage(next(), "", "", "", "1.2.3 --5 +.5- . 1e5 w"), why: "?"},
		{name: "content that is empty", raw: content(stream("", ""))},
		{name: "content that is a dictionary", raw: content("<</A 1>>"), why: "cannot be read"},
		{name: "content that is a list in a list", raw: plainPage(next(), "", "/Strange[[4 0 R]]", "", "")},
		{name: "content that draws itself", raw: draw(stream(form+"/Resources<</XObject<</X 6 0 R>>>>", "/X Do"))},
	}
}

// oddContents are PDFs that hold what acts, or what does not belong to a page.
func oddContents(next func() string) []strange {
	script := "<</S/JavaScript/JS(app.alert\\(1\\))>>"
	widget := "<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(value)/Rect[100 100 300 130]"
	look := stream("/Type/XObject/Subtype/Form/BBox[0 0 200 30]/Resources<</Font<</F 5 0 R>>>>", "BT /F 12 Tf 2 10 Td (MARKED-@@@@) Tj ET")
	annot := func(a string, more ...string) []byte {
		return plainPage(next(), "", "/Annots[6 0 R]", "", "", append([]string{a}, more...)...)
	}
	return []strange{
		{name: "a script when it opens", raw: plainPage(next(), "/OpenAction"+script, "", "", "")},
		{name: "scripts by name", raw: plainPage(next(), "/Names<</JavaScript<</Names[(a)"+script+"]>>>>", "", "", "")},
		{name: "a script of the page", raw: plainPage(next(), "", "/AA<</O"+script+">>", "", "")},
		{name: "a file attached", raw: plainPage(next(),
			"/Names<</EmbeddedFiles<</Names[(a)<</Type/Filespec/F(a.exe)/EF<</F 6 0 R>>>>]>>>>", "", "", "",
			stream("/Type/EmbeddedFile", "MZ"))},
		{name: "a portfolio", raw: plainPage(next(), "/Collection<</View/D>>/Names<</EmbeddedFiles 44 0 R>>", "", "", "")},
		{name: "a file attached to the page", raw: annot("<</Type/Annot/Subtype/FileAttachment/Rect[9 9 99 "+
			"99]/FS<</Type/Filespec/F(a.exe)/EF<</F 7 0 R>>>>/AP<</N 8 0 R>>>>", stream("/Type/EmbeddedFile", "MZ"), look)},
		{name: "a form that is drawn", raw: annot(widget+"/AP<</N 7 0 R>>>>", look)},
		{name: "a form that is not drawn", raw: annot(widget + ">>"), why: "it is a form"},
		{name: "a form of Adobe’s", raw: plainPage(next(), "/AcroForm<</XFA(x)/Fields[]>>", "", "", "")},
		{name: "a field in a circle", raw: annot(widget+"/Parent 6 0 R/Kids[6 0 R]/AP<</N 7 0 R>>>>", look)},
		{name: "a signature", raw: annot("<</Type/Annot/Subtype/Widget/FT/Sig/T(a)/V 8 0 R/Rect[100 100 300 130]/AP<</N 7 0 R>>>>", look,
			"<</Type/Sig/Filter/Adobe.PPKLite/Contents<00>/ByteRange[0 1 2 3]>>")},
		{name: "a link that starts a program", raw: annot("<</Type/Annot/Subtype/Link/Rect[9 9 99 99]/A<</S/Launch/F(cmd.exe)>>>>")},
		{name: "a link with more to do",
			raw: annot("<</Type/Annot/Subtype/Link/Rect[9 9 99 99]/A<</S/URI/URI(https://example.org)/Next" + script + ">>>>")},
		{name: "a link to itself", raw: annot("<</Type/Annot/Subtype/Link/Rect[9 9 99 99]/Dest[3 0 R/Fit]>>")},
		{name: "a link to a name", raw: annot("<</Type/Annot/Subtype/Link/Rect[9 9 99 99]/Dest(chapter)>>")},
		{name: "a film", raw: annot("<</Type/Annot/Subtype/RichMedia/Rect[9 9 99 99]/RichMediaContent<</Assets 44 0 R>>/AP<</N 7 0 R>>>>",
			look)},
		{name: "a sound", raw: annot("<</Type/Annot/Subtype/Sound/Rect[9 9 99 99]/Sound 7 0 R>>", stream("/R 8000", "x"))},
		{name: "an annotation without place", raw: annot("<</Type/Annot/Subtype/Square>>"), why: "?"},
		{name: "an annotation that is a number", raw: plainPage(next(), "", "/Annots[6 0 R 7]", "", "", "7")},
		{name: "an outline in a circle", raw: plainPage(next(), "/Outlines 6 0 R", "", "", "", "<</First 6 0 R/Last 6 0 R/Count 1>>")},
		{name: "layers that show", raw: plainPage(next(), "/OCProperties<</OCGs[6 0 R]/D<</ON[6 0 R]>>>>", "", "/Properties<</M 6 0 R>>",
			"/OC /M BDC EMC", "<</Type/OCG/Name(x)>>")},
		{name: "layers that are hidden",
			raw: plainPage(next(), "/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]>>>>", "", "/Properties<</M 6 0 R>>", "/OC /M BDC EMC",
				"<</Type/OCG/Name(x)>>"), why: "layers that are hidden"},
		{name: "layers by a rule", raw: plainPage(next(), "", "", "/Properties<</M<</Type/OCMD/P/AllOff/OCGs[6 0 R]>>>>", "/OC /M BDC EMC",
			"<</Type/OCG/Name(x)>>"), why: "layers that are hidden"},
		{name: "a structure", raw: plainPage(next(), "/MarkInfo<</Marked true>>/StructTreeRoot<</Type/StructTreeRoot/K 6 0 R>>",
			"/StructParents 0", "", "", "<</S/P/Pg 3 0 R/K 0>>")},
		{name: "names of odd letters",
			raw: plainPage(next(), "/A#20b(x)/#c3#a4 1", "", "/XObject<</a#2fb 6 0 R>>", "/a#2fb Do",
				stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/#00 1", "q Q")), why: "?"},
		{name: "an empty name", raw: plainPage(next(), "", "", "/XObject<</ 6 0 R>>", "/ Do",
			stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]", "q Q"))},
		{name: "odd strings", raw: annot("<</Type/Annot/Subtype/Text/Rect[9 9 99 99]/Contents(\\)\\(a(b)\\\\\\0\\\r\nz)/T<4>/NM<>>>")},
		{name: "comments everywhere", raw: plainPage(next(), "%here\n", "%there\n", "%and there\n", "%so\n")},
		{name: "keys that are there twice", raw: plainPage(next(), "", "/Rotate 0/Rotate 90", "", ""), why: "?"},
		{name: "numbers beyond all bounds", raw: plainPage(next(), "", "", "/ExtGState<</G<</LW 99999999999999999999999/ML -1e400>>>>", ""),
			why: "?"},
	}
}
