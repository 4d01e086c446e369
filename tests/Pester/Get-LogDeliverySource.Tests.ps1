BeforeAll {
    . $PSScriptRoot/TestHelper.ps1
}

Describe 'Get-LogDeliverySource' {
    It 'gives every source of the catalog' {
        $sources = Get-LogDeliverySource
        $sources.Count | Should -Be ([LogDelivery.Sources.SourceCatalog]::All.Count)
        $sources[0] | Should -BeOfType ([LogDelivery.Sources.DeliverySource])
    }

    It 'takes an id in any case' {
        (Get-LogDeliverySource cloudtrail).Id | Should -BeExactly 'CloudTrail'
    }

    It 'takes wildcards and several ids, and gives each source once' {
        $ids = (Get-LogDeliverySource -Id 'Alb*', 'CloudTrail', '*lbAccessLogs').Id
        $ids | Should -Contain 'AlbAccessLogs'
        $ids | Should -Contain 'CloudTrail'
        ($ids | Where-Object { $_ -eq 'AlbAccessLogs' }).Count | Should -Be 1
    }

    It 'takes ids from the pipeline, by value and by property' {
        ('CloudTrail' | Get-LogDeliverySource).Id | Should -Be 'CloudTrail'
        ([pscustomobject]@{ Source = 'VpcFlowLogs' } | Get-LogDeliverySource).Id | Should -Be 'VpcFlowLogs'
    }

    It 'has a non-terminating error for an unknown id, and goes on' {
        $found = Get-LogDeliverySource -Id 'Nowhere', 'CloudTrail' -ErrorVariable problems -ErrorAction SilentlyContinue
        $found.Id | Should -Be 'CloudTrail'
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'UnknownSource,*'
        $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $problems[0].TargetObject | Should -Be 'Nowhere'
        $problems[0].ErrorDetails.RecommendedAction | Should -BeLike '*CloudTrail*'
    }

    It 'completes ids, also by a part of the name' {
        (Get-Completion 'Get-LogDeliverySource -Id CloudT').CompletionText | Should -Be 'CloudTrail'
        (Get-Completion 'Get-LogDeliverySource -Id FlowLogs').CompletionText | Should -Contain 'VpcFlowLogs'
        (Get-Completion 'Get-LogDeliverySource -Id CloudTr')[0].ToolTip | Should -Be 'AWS CloudTrail trail'
    }
}
