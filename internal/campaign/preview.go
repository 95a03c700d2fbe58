package campaign

import (
	"errors"
	"path"

	"foia/internal/workspace"
)

// errEnough ends the reading of a list.
var errEnough = errors.New("enough")

// Preview sets the first n letters that can be made, as PDFs that are no requests,
// and returns their names below the workspace.
func (b *Batch) Preview(n int) (names []string, err error) {
	r, err := b.open()
	if err != nil {
		return nil, err
	}
	err = r.chunks(func(rows, _ []planned) error {
		for _, p := range rows {
			if p.err != nil {
				continue
			}
			if len(names) == n {
				return errEnough
			}
			name, raw, err := b.Desk.Preview(p.plan)
			if err != nil {
				return err
			}
			name = path.Join(workspace.CampaignsDir, b.Campaign, "preview", name)
			if err := b.Desk.Workspace.WriteFile(name, raw); err != nil {
				return err
			}
			names = append(names, name)
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return names, errors.Join(err, r.Close())
}
