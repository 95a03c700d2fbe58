package mail
import ("testing";"os";"path/filepath";"fmt";"time")
func TestDump(t *testing.T){
 fs,_:=filepath.Glob("testdata/replies/*.eml")
 for _,f:=range fs { raw,_:=os.ReadFile(f); m,err:=Read(raw, time.Date(2026,11,29,0,0,0,0,time.UTC)); fmt.Printf("=== %s %v\n",f,err); if m==nil{continue}
 l:=m.Letter()
 fmt.Printf("ID %q From %v To %v Subj %q Date %v Ref %v Auto %v Gen %v B %+v Susp %q Hidden %q Warn %q Remark %q\nBODY<<%s>>\nQ<<%s>>\n", m.ID,m.From,m.To,m.Subject,m.Date,m.References,m.Auto,m.Generated,m.Bounce,m.Suspicious,m.Hidden,m.Warnings,m.Remark,l.Body,l.Quoted)
 if l!=m {fmt.Printf("FWD %v %v %v %v %q\n",l.From,l.To,l.Date,l.Subject,l.Warnings)}
 for _,p:=range m.Parts {fmt.Println("PART",p.Name,p.Original,p.Type,p.Place,len(p.Data),p.Message!=nil)}
 }
}
